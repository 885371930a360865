import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace note. */
    namespace note {

        /**
         * Properties of a SeenField.
         * @deprecated Use meridian.note.SeenField.$Properties instead.
         */
        interface ISeenField extends meridian.note.SeenField.$Properties {
        }

        /** Represents a SeenField. */
        class SeenField {

            /**
             * Constructs a new SeenField.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.note.SeenField.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SeenField sourceId. */
            sourceId: number;

            /** SeenField lut. */
            lut: string;

            /**
             * Creates a new SeenField instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SeenField instance
             */
            static create(properties: meridian.note.SeenField.$Shape): meridian.note.SeenField & meridian.note.SeenField.$Shape;
            static create(properties?: meridian.note.SeenField.$Properties): meridian.note.SeenField;

            /**
             * Encodes the specified SeenField message. Does not implicitly {@link meridian.note.SeenField.verify|verify} messages.
             * @param message SeenField message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.note.SeenField.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SeenField message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.note.SeenField & meridian.note.SeenField.$Shape} SeenField
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.note.SeenField & meridian.note.SeenField.$Shape;
        }

        namespace SeenField {

            /** Properties of a SeenField. */
            interface $Properties {

                /** SeenField sourceId */
                sourceId?: (number|null);

                /** SeenField lut */
                lut?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SeenField. */
            type $Shape = meridian.note.SeenField.$Properties;
        }

        /**
         * Properties of a NotedVersion.
         * @deprecated Use meridian.note.NotedVersion.$Properties instead.
         */
        interface INotedVersion extends meridian.note.NotedVersion.$Properties {
        }

        /** Represents a NotedVersion. */
        class NotedVersion {

            /**
             * Constructs a new NotedVersion.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.note.NotedVersion.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NotedVersion generation. */
            generation: number;

            /** NotedVersion lut. */
            lut: string;

            /** NotedVersion sourceId. */
            sourceId: number;

            /** NotedVersion tombstone. */
            tombstone: boolean;

            /** NotedVersion seen. */
            seen: meridian.note.SeenField.$Properties[];

            /**
             * Creates a new NotedVersion instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NotedVersion instance
             */
            static create(properties: meridian.note.NotedVersion.$Shape): meridian.note.NotedVersion & meridian.note.NotedVersion.$Shape;
            static create(properties?: meridian.note.NotedVersion.$Properties): meridian.note.NotedVersion;

            /**
             * Encodes the specified NotedVersion message. Does not implicitly {@link meridian.note.NotedVersion.verify|verify} messages.
             * @param message NotedVersion message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.note.NotedVersion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NotedVersion message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.note.NotedVersion & meridian.note.NotedVersion.$Shape} NotedVersion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.note.NotedVersion & meridian.note.NotedVersion.$Shape;
        }

        namespace NotedVersion {

            /** Properties of a NotedVersion. */
            interface $Properties {

                /** NotedVersion generation */
                generation?: (number|null);

                /** NotedVersion lut */
                lut?: (string|null);

                /** NotedVersion sourceId */
                sourceId?: (number|null);

                /** NotedVersion tombstone */
                tombstone?: (boolean|null);

                /** NotedVersion seen */
                seen?: (meridian.note.SeenField.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NotedVersion. */
            type $Shape = meridian.note.NotedVersion.$Properties;
        }

        /**
         * Properties of a Conflict.
         * @deprecated Use meridian.note.Conflict.$Properties instead.
         */
        interface IConflict extends meridian.note.Conflict.$Properties {
        }

        /** Represents a Conflict. */
        class Conflict {

            /**
             * Constructs a new Conflict.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.note.Conflict.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Conflict policy. */
            policy: string;

            /** Conflict rule. */
            rule: string;

            /** Conflict margin. */
            margin: number;

            /** Conflict incomingLost. */
            incomingLost: boolean;

            /** Conflict winner. */
            winner?: (meridian.note.NotedVersion.$Properties|null);

            /** Conflict loser. */
            loser: Uint8Array;

            /** Conflict decidedAt. */
            decidedAt: number;

            /** Conflict skew. */
            skew: number;

            /** Conflict skewError. */
            skewError?: (number|null);

            /** Conflict originId. */
            originId: number;

            /** Conflict originSequence. */
            originSequence: number;

            /** Conflict bins. */
            bins: string[];

            /**
             * Creates a new Conflict instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Conflict instance
             */
            static create(properties: meridian.note.Conflict.$Shape): meridian.note.Conflict & meridian.note.Conflict.$Shape;
            static create(properties?: meridian.note.Conflict.$Properties): meridian.note.Conflict;

            /**
             * Encodes the specified Conflict message. Does not implicitly {@link meridian.note.Conflict.verify|verify} messages.
             * @param message Conflict message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.note.Conflict.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Conflict message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.note.Conflict & meridian.note.Conflict.$Shape} Conflict
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.note.Conflict & meridian.note.Conflict.$Shape;
        }

        namespace Conflict {

            /** Properties of a Conflict. */
            interface $Properties {

                /** Conflict policy */
                policy?: (string|null);

                /** Conflict rule */
                rule?: (string|null);

                /** Conflict margin */
                margin?: (number|null);

                /** Conflict incomingLost */
                incomingLost?: (boolean|null);

                /** Conflict winner */
                winner?: (meridian.note.NotedVersion.$Properties|null);

                /** Conflict loser */
                loser?: (Uint8Array|null);

                /** Conflict decidedAt */
                decidedAt?: (number|null);

                /** Conflict skew */
                skew?: (number|null);

                /** Conflict skewError */
                skewError?: (number|null);

                /** Conflict originId */
                originId?: (number|null);

                /** Conflict originSequence */
                originSequence?: (number|null);

                /** Conflict bins */
                bins?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Conflict. */
            type $Shape = meridian.note.Conflict.$Properties;
        }

        /**
         * Properties of a Parked.
         * @deprecated Use meridian.note.Parked.$Properties instead.
         */
        interface IParked extends meridian.note.Parked.$Properties {
        }

        /** Represents a Parked. */
        class Parked {

            /**
             * Constructs a new Parked.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.note.Parked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Parked reason. */
            reason: string;

            /** Parked bytes. */
            bytes: Uint8Array;

            /** Parked isEntry. */
            isEntry: boolean;

            /** Parked parkedAt. */
            parkedAt: number;

            /** Parked originId. */
            originId: number;

            /** Parked originSequence. */
            originSequence: number;

            /**
             * Creates a new Parked instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Parked instance
             */
            static create(properties: meridian.note.Parked.$Shape): meridian.note.Parked & meridian.note.Parked.$Shape;
            static create(properties?: meridian.note.Parked.$Properties): meridian.note.Parked;

            /**
             * Encodes the specified Parked message. Does not implicitly {@link meridian.note.Parked.verify|verify} messages.
             * @param message Parked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.note.Parked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Parked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.note.Parked & meridian.note.Parked.$Shape} Parked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.note.Parked & meridian.note.Parked.$Shape;
        }

        namespace Parked {

            /** Properties of a Parked. */
            interface $Properties {

                /** Parked reason */
                reason?: (string|null);

                /** Parked bytes */
                bytes?: (Uint8Array|null);

                /** Parked isEntry */
                isEntry?: (boolean|null);

                /** Parked parkedAt */
                parkedAt?: (number|null);

                /** Parked originId */
                originId?: (number|null);

                /** Parked originSequence */
                originSequence?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Parked. */
            type $Shape = meridian.note.Parked.$Properties;
        }
    }
}
