import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace fabric. */
    namespace fabric {

        /**
         * Properties of a Hello.
         * @deprecated Use meridian.fabric.Hello.$Properties instead.
         */
        interface IHello extends meridian.fabric.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.fabric.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello protocol. */
            protocol: number;

            /** Hello datacenter. */
            datacenter: string;

            /** Hello role. */
            role: string;

            /** Hello sender. */
            sender: string;

            /** Hello clusterId. */
            clusterId: string;

            /** Hello boot. */
            boot: number;

            /** Hello recipient. */
            recipient: string;

            /** Hello settings. */
            settings: { [k: string]: string };

            /**
             * Creates a new Hello instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Hello instance
             */
            static create(properties: meridian.fabric.Hello.$Shape): meridian.fabric.Hello & meridian.fabric.Hello.$Shape;
            static create(properties?: meridian.fabric.Hello.$Properties): meridian.fabric.Hello;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link meridian.fabric.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.fabric.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.fabric.Hello & meridian.fabric.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.fabric.Hello & meridian.fabric.Hello.$Shape;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello protocol */
                protocol?: (number|null);

                /** Hello datacenter */
                datacenter?: (string|null);

                /** Hello role */
                role?: (string|null);

                /** Hello sender */
                sender?: (string|null);

                /** Hello clusterId */
                clusterId?: (string|null);

                /** Hello boot */
                boot?: (number|null);

                /** Hello recipient */
                recipient?: (string|null);

                /** Hello settings */
                settings?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = meridian.fabric.Hello.$Properties;
        }

        /**
         * Properties of a Refusal.
         * @deprecated Use meridian.fabric.Refusal.$Properties instead.
         */
        interface IRefusal extends meridian.fabric.Refusal.$Properties {
        }

        /** Represents a Refusal. */
        class Refusal {

            /**
             * Constructs a new Refusal.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.fabric.Refusal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Refusal code. */
            code: string;

            /** Refusal message. */
            message: string;

            /**
             * Creates a new Refusal instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Refusal instance
             */
            static create(properties: meridian.fabric.Refusal.$Shape): meridian.fabric.Refusal & meridian.fabric.Refusal.$Shape;
            static create(properties?: meridian.fabric.Refusal.$Properties): meridian.fabric.Refusal;

            /**
             * Encodes the specified Refusal message. Does not implicitly {@link meridian.fabric.Refusal.verify|verify} messages.
             * @param message Refusal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.fabric.Refusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Refusal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.fabric.Refusal & meridian.fabric.Refusal.$Shape} Refusal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.fabric.Refusal & meridian.fabric.Refusal.$Shape;
        }

        namespace Refusal {

            /** Properties of a Refusal. */
            interface $Properties {

                /** Refusal code */
                code?: (string|null);

                /** Refusal message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Refusal. */
            type $Shape = meridian.fabric.Refusal.$Properties;
        }
    }
}
