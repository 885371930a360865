import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace tail. */
    namespace tail {

        /**
         * Properties of a XdrOpen.
         * @deprecated Use meridian.tail.XdrOpen.$Properties instead.
         */
        interface IXdrOpen extends meridian.tail.XdrOpen.$Properties {
        }

        /** Represents a XdrOpen. */
        class XdrOpen {

            /**
             * Constructs a new XdrOpen.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.XdrOpen.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** XdrOpen namespaces. */
            namespaces: string[];

            /**
             * Creates a new XdrOpen instance using the specified properties.
             * @param [properties] Properties to set
             * @returns XdrOpen instance
             */
            static create(properties: meridian.tail.XdrOpen.$Shape): meridian.tail.XdrOpen & meridian.tail.XdrOpen.$Shape;
            static create(properties?: meridian.tail.XdrOpen.$Properties): meridian.tail.XdrOpen;

            /**
             * Encodes the specified XdrOpen message. Does not implicitly {@link meridian.tail.XdrOpen.verify|verify} messages.
             * @param message XdrOpen message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.XdrOpen.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a XdrOpen message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.XdrOpen & meridian.tail.XdrOpen.$Shape} XdrOpen
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.XdrOpen & meridian.tail.XdrOpen.$Shape;
        }

        namespace XdrOpen {

            /** Properties of a XdrOpen. */
            interface $Properties {

                /** XdrOpen namespaces */
                namespaces?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a XdrOpen. */
            type $Shape = meridian.tail.XdrOpen.$Properties;
        }

        /**
         * Properties of a XdrOpened.
         * @deprecated Use meridian.tail.XdrOpened.$Properties instead.
         */
        interface IXdrOpened extends meridian.tail.XdrOpened.$Properties {
        }

        /** Represents a XdrOpened. */
        class XdrOpened {

            /**
             * Constructs a new XdrOpened.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.XdrOpened.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** XdrOpened logIds. */
            logIds: number[];

            /**
             * Creates a new XdrOpened instance using the specified properties.
             * @param [properties] Properties to set
             * @returns XdrOpened instance
             */
            static create(properties: meridian.tail.XdrOpened.$Shape): meridian.tail.XdrOpened & meridian.tail.XdrOpened.$Shape;
            static create(properties?: meridian.tail.XdrOpened.$Properties): meridian.tail.XdrOpened;

            /**
             * Encodes the specified XdrOpened message. Does not implicitly {@link meridian.tail.XdrOpened.verify|verify} messages.
             * @param message XdrOpened message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.XdrOpened.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a XdrOpened message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.XdrOpened & meridian.tail.XdrOpened.$Shape} XdrOpened
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.XdrOpened & meridian.tail.XdrOpened.$Shape;
        }

        namespace XdrOpened {

            /** Properties of a XdrOpened. */
            interface $Properties {

                /** XdrOpened logIds */
                logIds?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a XdrOpened. */
            type $Shape = meridian.tail.XdrOpened.$Properties;
        }

        /**
         * Properties of a TailPrimaries.
         * @deprecated Use meridian.tail.TailPrimaries.$Properties instead.
         */
        interface ITailPrimaries extends meridian.tail.TailPrimaries.$Properties {
        }

        /** Represents a TailPrimaries. */
        class TailPrimaries {

            /**
             * Constructs a new TailPrimaries.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.TailPrimaries.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TailPrimaries gained. */
            gained: number[];

            /** TailPrimaries lost. */
            lost: number[];

            /**
             * Creates a new TailPrimaries instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TailPrimaries instance
             */
            static create(properties: meridian.tail.TailPrimaries.$Shape): meridian.tail.TailPrimaries & meridian.tail.TailPrimaries.$Shape;
            static create(properties?: meridian.tail.TailPrimaries.$Properties): meridian.tail.TailPrimaries;

            /**
             * Encodes the specified TailPrimaries message. Does not implicitly {@link meridian.tail.TailPrimaries.verify|verify} messages.
             * @param message TailPrimaries message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.TailPrimaries.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TailPrimaries message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.TailPrimaries & meridian.tail.TailPrimaries.$Shape} TailPrimaries
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.TailPrimaries & meridian.tail.TailPrimaries.$Shape;
        }

        namespace TailPrimaries {

            /** Properties of a TailPrimaries. */
            interface $Properties {

                /** TailPrimaries gained */
                gained?: (number[]|null);

                /** TailPrimaries lost */
                lost?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TailPrimaries. */
            type $Shape = meridian.tail.TailPrimaries.$Properties;
        }

        /**
         * Properties of a XdrPing.
         * @deprecated Use meridian.tail.XdrPing.$Properties instead.
         */
        interface IXdrPing extends meridian.tail.XdrPing.$Properties {
        }

        /** Represents a XdrPing. */
        class XdrPing {

            /**
             * Constructs a new XdrPing.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.XdrPing.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** XdrPing originId. */
            originId: number;

            /** XdrPing ahead. */
            ahead: number;

            /** XdrPing error. */
            error: number;

            /**
             * Creates a new XdrPing instance using the specified properties.
             * @param [properties] Properties to set
             * @returns XdrPing instance
             */
            static create(properties: meridian.tail.XdrPing.$Shape): meridian.tail.XdrPing & meridian.tail.XdrPing.$Shape;
            static create(properties?: meridian.tail.XdrPing.$Properties): meridian.tail.XdrPing;

            /**
             * Encodes the specified XdrPing message. Does not implicitly {@link meridian.tail.XdrPing.verify|verify} messages.
             * @param message XdrPing message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.XdrPing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a XdrPing message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.XdrPing & meridian.tail.XdrPing.$Shape} XdrPing
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.XdrPing & meridian.tail.XdrPing.$Shape;
        }

        namespace XdrPing {

            /** Properties of a XdrPing. */
            interface $Properties {

                /** XdrPing originId */
                originId?: (number|null);

                /** XdrPing ahead */
                ahead?: (number|null);

                /** XdrPing error */
                error?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a XdrPing. */
            type $Shape = meridian.tail.XdrPing.$Properties;
        }

        /**
         * Properties of a XdrPong.
         * @deprecated Use meridian.tail.XdrPong.$Properties instead.
         */
        interface IXdrPong extends meridian.tail.XdrPong.$Properties {
        }

        /** Represents a XdrPong. */
        class XdrPong {

            /**
             * Constructs a new XdrPong.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.XdrPong.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** XdrPong wall. */
            wall: number;

            /**
             * Creates a new XdrPong instance using the specified properties.
             * @param [properties] Properties to set
             * @returns XdrPong instance
             */
            static create(properties: meridian.tail.XdrPong.$Shape): meridian.tail.XdrPong & meridian.tail.XdrPong.$Shape;
            static create(properties?: meridian.tail.XdrPong.$Properties): meridian.tail.XdrPong;

            /**
             * Encodes the specified XdrPong message. Does not implicitly {@link meridian.tail.XdrPong.verify|verify} messages.
             * @param message XdrPong message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.XdrPong.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a XdrPong message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.XdrPong & meridian.tail.XdrPong.$Shape} XdrPong
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.XdrPong & meridian.tail.XdrPong.$Shape;
        }

        namespace XdrPong {

            /** Properties of a XdrPong. */
            interface $Properties {

                /** XdrPong wall */
                wall?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a XdrPong. */
            type $Shape = meridian.tail.XdrPong.$Properties;
        }

        /**
         * Properties of a TailOpen.
         * @deprecated Use meridian.tail.TailOpen.$Properties instead.
         */
        interface ITailOpen extends meridian.tail.TailOpen.$Properties {
        }

        /** Represents a TailOpen. */
        class TailOpen {

            /**
             * Constructs a new TailOpen.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.TailOpen.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TailOpen destinationId. */
            destinationId: number;

            /** TailOpen destination. */
            destination: string;

            /** TailOpen feed. */
            feed: string;

            /**
             * Creates a new TailOpen instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TailOpen instance
             */
            static create(properties: meridian.tail.TailOpen.$Shape): meridian.tail.TailOpen & meridian.tail.TailOpen.$Shape;
            static create(properties?: meridian.tail.TailOpen.$Properties): meridian.tail.TailOpen;

            /**
             * Encodes the specified TailOpen message. Does not implicitly {@link meridian.tail.TailOpen.verify|verify} messages.
             * @param message TailOpen message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.TailOpen.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TailOpen message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.TailOpen & meridian.tail.TailOpen.$Shape} TailOpen
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.TailOpen & meridian.tail.TailOpen.$Shape;
        }

        namespace TailOpen {

            /** Properties of a TailOpen. */
            interface $Properties {

                /** TailOpen destinationId */
                destinationId?: (number|null);

                /** TailOpen destination */
                destination?: (string|null);

                /** TailOpen feed */
                feed?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TailOpen. */
            type $Shape = meridian.tail.TailOpen.$Properties;
        }

        /**
         * Properties of a TailSeek.
         * @deprecated Use meridian.tail.TailSeek.$Properties instead.
         */
        interface ITailSeek extends meridian.tail.TailSeek.$Properties {
        }

        /** Represents a TailSeek. */
        class TailSeek {

            /**
             * Constructs a new TailSeek.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.TailSeek.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TailSeek number. */
            number: number;

            /** TailSeek slots. */
            slots: number[];

            /** TailSeek bases. */
            bases: number[];

            /** TailSeek covered. */
            covered: number[];

            /** TailSeek dropped. */
            dropped: number[];

            /** TailSeek destinationLogIds. */
            destinationLogIds: number[];

            /** TailSeek recovering. */
            recovering: number[];

            /**
             * Creates a new TailSeek instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TailSeek instance
             */
            static create(properties: meridian.tail.TailSeek.$Shape): meridian.tail.TailSeek & meridian.tail.TailSeek.$Shape;
            static create(properties?: meridian.tail.TailSeek.$Properties): meridian.tail.TailSeek;

            /**
             * Encodes the specified TailSeek message. Does not implicitly {@link meridian.tail.TailSeek.verify|verify} messages.
             * @param message TailSeek message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.TailSeek.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TailSeek message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.TailSeek & meridian.tail.TailSeek.$Shape} TailSeek
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.TailSeek & meridian.tail.TailSeek.$Shape;
        }

        namespace TailSeek {

            /** Properties of a TailSeek. */
            interface $Properties {

                /** TailSeek number */
                number?: (number|null);

                /** TailSeek slots */
                slots?: (number[]|null);

                /** TailSeek bases */
                bases?: (number[]|null);

                /** TailSeek covered */
                covered?: (number[]|null);

                /** TailSeek dropped */
                dropped?: (number[]|null);

                /** TailSeek destinationLogIds */
                destinationLogIds?: (number[]|null);

                /** TailSeek recovering */
                recovering?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TailSeek. */
            type $Shape = meridian.tail.TailSeek.$Properties;
        }

        /**
         * Properties of a TailCredit.
         * @deprecated Use meridian.tail.TailCredit.$Properties instead.
         */
        interface ITailCredit extends meridian.tail.TailCredit.$Properties {
        }

        /** Represents a TailCredit. */
        class TailCredit {

            /**
             * Constructs a new TailCredit.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.TailCredit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TailCredit bytes. */
            bytes: number;

            /**
             * Creates a new TailCredit instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TailCredit instance
             */
            static create(properties: meridian.tail.TailCredit.$Shape): meridian.tail.TailCredit & meridian.tail.TailCredit.$Shape;
            static create(properties?: meridian.tail.TailCredit.$Properties): meridian.tail.TailCredit;

            /**
             * Encodes the specified TailCredit message. Does not implicitly {@link meridian.tail.TailCredit.verify|verify} messages.
             * @param message TailCredit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.TailCredit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TailCredit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.TailCredit & meridian.tail.TailCredit.$Shape} TailCredit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.TailCredit & meridian.tail.TailCredit.$Shape;
        }

        namespace TailCredit {

            /** Properties of a TailCredit. */
            interface $Properties {

                /** TailCredit bytes */
                bytes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TailCredit. */
            type $Shape = meridian.tail.TailCredit.$Properties;
        }

        /**
         * Properties of a TailRuns.
         * @deprecated Use meridian.tail.TailRuns.$Properties instead.
         */
        interface ITailRuns extends meridian.tail.TailRuns.$Properties {
        }

        /** Represents a TailRuns. */
        class TailRuns {

            /**
             * Constructs a new TailRuns.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.TailRuns.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TailRuns seek. */
            seek: number;

            /** TailRuns slots. */
            slots: number[];

            /** TailRuns from. */
            from: number[];

            /** TailRuns span. */
            span: number[];

            /** TailRuns counts. */
            counts: number[];

            /** TailRuns bytes. */
            bytes: number[];

            /**
             * Creates a new TailRuns instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TailRuns instance
             */
            static create(properties: meridian.tail.TailRuns.$Shape): meridian.tail.TailRuns & meridian.tail.TailRuns.$Shape;
            static create(properties?: meridian.tail.TailRuns.$Properties): meridian.tail.TailRuns;

            /**
             * Encodes the specified TailRuns message. Does not implicitly {@link meridian.tail.TailRuns.verify|verify} messages.
             * @param message TailRuns message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.TailRuns.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TailRuns message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.TailRuns & meridian.tail.TailRuns.$Shape} TailRuns
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.TailRuns & meridian.tail.TailRuns.$Shape;
        }

        namespace TailRuns {

            /** Properties of a TailRuns. */
            interface $Properties {

                /** TailRuns seek */
                seek?: (number|null);

                /** TailRuns slots */
                slots?: (number[]|null);

                /** TailRuns from */
                from?: (number[]|null);

                /** TailRuns span */
                span?: (number[]|null);

                /** TailRuns counts */
                counts?: (number[]|null);

                /** TailRuns bytes */
                bytes?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TailRuns. */
            type $Shape = meridian.tail.TailRuns.$Properties;
        }

        /**
         * Properties of a TailTrimmed.
         * @deprecated Use meridian.tail.TailTrimmed.$Properties instead.
         */
        interface ITailTrimmed extends meridian.tail.TailTrimmed.$Properties {
        }

        /** Represents a TailTrimmed. */
        class TailTrimmed {

            /**
             * Constructs a new TailTrimmed.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.TailTrimmed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TailTrimmed seek. */
            seek: number;

            /** TailTrimmed slots. */
            slots: number[];

            /** TailTrimmed firsts. */
            firsts: number[];

            /**
             * Creates a new TailTrimmed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TailTrimmed instance
             */
            static create(properties: meridian.tail.TailTrimmed.$Shape): meridian.tail.TailTrimmed & meridian.tail.TailTrimmed.$Shape;
            static create(properties?: meridian.tail.TailTrimmed.$Properties): meridian.tail.TailTrimmed;

            /**
             * Encodes the specified TailTrimmed message. Does not implicitly {@link meridian.tail.TailTrimmed.verify|verify} messages.
             * @param message TailTrimmed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.TailTrimmed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TailTrimmed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.TailTrimmed & meridian.tail.TailTrimmed.$Shape} TailTrimmed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.TailTrimmed & meridian.tail.TailTrimmed.$Shape;
        }

        namespace TailTrimmed {

            /** Properties of a TailTrimmed. */
            interface $Properties {

                /** TailTrimmed seek */
                seek?: (number|null);

                /** TailTrimmed slots */
                slots?: (number[]|null);

                /** TailTrimmed firsts */
                firsts?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TailTrimmed. */
            type $Shape = meridian.tail.TailTrimmed.$Properties;
        }

        /**
         * Properties of a TailStatus.
         * @deprecated Use meridian.tail.TailStatus.$Properties instead.
         */
        interface ITailStatus extends meridian.tail.TailStatus.$Properties {
        }

        /** Represents a TailStatus. */
        class TailStatus {

            /**
             * Constructs a new TailStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.TailStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TailStatus seek. */
            seek: number;

            /** TailStatus slots. */
            slots: number[];

            /** TailStatus next. */
            next: number[];

            /** TailStatus committed. */
            committed: number[];

            /** TailStatus changes. */
            changes: number[];

            /** TailStatus throttled. */
            throttled: number[];

            /**
             * Creates a new TailStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TailStatus instance
             */
            static create(properties: meridian.tail.TailStatus.$Shape): meridian.tail.TailStatus & meridian.tail.TailStatus.$Shape;
            static create(properties?: meridian.tail.TailStatus.$Properties): meridian.tail.TailStatus;

            /**
             * Encodes the specified TailStatus message. Does not implicitly {@link meridian.tail.TailStatus.verify|verify} messages.
             * @param message TailStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.TailStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TailStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.TailStatus & meridian.tail.TailStatus.$Shape} TailStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.TailStatus & meridian.tail.TailStatus.$Shape;
        }

        namespace TailStatus {

            /** Properties of a TailStatus. */
            interface $Properties {

                /** TailStatus seek */
                seek?: (number|null);

                /** TailStatus slots */
                slots?: (number[]|null);

                /** TailStatus next */
                next?: (number[]|null);

                /** TailStatus committed */
                committed?: (number[]|null);

                /** TailStatus changes */
                changes?: (number[]|null);

                /** TailStatus throttled */
                throttled?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TailStatus. */
            type $Shape = meridian.tail.TailStatus.$Properties;
        }

        /**
         * Properties of a Shipped.
         * @deprecated Use meridian.tail.Shipped.$Properties instead.
         */
        interface IShipped extends meridian.tail.Shipped.$Properties {
        }

        /** Represents a Shipped. */
        class Shipped {

            /**
             * Constructs a new Shipped.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.Shipped.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Shipped destinationId. */
            destinationId: number;

            /** Shipped slots. */
            slots: number[];

            /** Shipped bases. */
            bases: number[];

            /** Shipped covered. */
            covered: number[];

            /** Shipped logIds. */
            logIds: number[];

            /**
             * Creates a new Shipped instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Shipped instance
             */
            static create(properties: meridian.tail.Shipped.$Shape): meridian.tail.Shipped & meridian.tail.Shipped.$Shape;
            static create(properties?: meridian.tail.Shipped.$Properties): meridian.tail.Shipped;

            /**
             * Encodes the specified Shipped message. Does not implicitly {@link meridian.tail.Shipped.verify|verify} messages.
             * @param message Shipped message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.Shipped.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Shipped message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.Shipped & meridian.tail.Shipped.$Shape} Shipped
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.Shipped & meridian.tail.Shipped.$Shape;
        }

        namespace Shipped {

            /** Properties of a Shipped. */
            interface $Properties {

                /** Shipped destinationId */
                destinationId?: (number|null);

                /** Shipped slots */
                slots?: (number[]|null);

                /** Shipped bases */
                bases?: (number[]|null);

                /** Shipped covered */
                covered?: (number[]|null);

                /** Shipped logIds */
                logIds?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Shipped. */
            type $Shape = meridian.tail.Shipped.$Properties;
        }

        /**
         * Properties of a ScanPull.
         * @deprecated Use meridian.tail.ScanPull.$Properties instead.
         */
        interface IScanPull extends meridian.tail.ScanPull.$Properties {
        }

        /** Represents a ScanPull. */
        class ScanPull {

            /**
             * Constructs a new ScanPull.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.ScanPull.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ScanPull scan. */
            scan: number;

            /** ScanPull slot. */
            slot: number;

            /** ScanPull chunk. */
            chunk: number;

            /** ScanPull mark. */
            mark: boolean;

            /** ScanPull since. */
            since: number;

            /** ScanPull base. */
            base: number;

            /**
             * Creates a new ScanPull instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScanPull instance
             */
            static create(properties: meridian.tail.ScanPull.$Shape): meridian.tail.ScanPull & meridian.tail.ScanPull.$Shape;
            static create(properties?: meridian.tail.ScanPull.$Properties): meridian.tail.ScanPull;

            /**
             * Encodes the specified ScanPull message. Does not implicitly {@link meridian.tail.ScanPull.verify|verify} messages.
             * @param message ScanPull message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.ScanPull.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScanPull message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.ScanPull & meridian.tail.ScanPull.$Shape} ScanPull
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.ScanPull & meridian.tail.ScanPull.$Shape;
        }

        namespace ScanPull {

            /** Properties of a ScanPull. */
            interface $Properties {

                /** ScanPull scan */
                scan?: (number|null);

                /** ScanPull slot */
                slot?: (number|null);

                /** ScanPull chunk */
                chunk?: (number|null);

                /** ScanPull mark */
                mark?: (boolean|null);

                /** ScanPull since */
                since?: (number|null);

                /** ScanPull base */
                base?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScanPull. */
            type $Shape = meridian.tail.ScanPull.$Properties;
        }

        /**
         * Properties of a ScanDrop.
         * @deprecated Use meridian.tail.ScanDrop.$Properties instead.
         */
        interface IScanDrop extends meridian.tail.ScanDrop.$Properties {
        }

        /** Represents a ScanDrop. */
        class ScanDrop {

            /**
             * Constructs a new ScanDrop.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.ScanDrop.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ScanDrop scan. */
            scan: number;

            /**
             * Creates a new ScanDrop instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScanDrop instance
             */
            static create(properties: meridian.tail.ScanDrop.$Shape): meridian.tail.ScanDrop & meridian.tail.ScanDrop.$Shape;
            static create(properties?: meridian.tail.ScanDrop.$Properties): meridian.tail.ScanDrop;

            /**
             * Encodes the specified ScanDrop message. Does not implicitly {@link meridian.tail.ScanDrop.verify|verify} messages.
             * @param message ScanDrop message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.ScanDrop.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScanDrop message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.ScanDrop & meridian.tail.ScanDrop.$Shape} ScanDrop
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.ScanDrop & meridian.tail.ScanDrop.$Shape;
        }

        namespace ScanDrop {

            /** Properties of a ScanDrop. */
            interface $Properties {

                /** ScanDrop scan */
                scan?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScanDrop. */
            type $Shape = meridian.tail.ScanDrop.$Properties;
        }

        /**
         * Properties of a ScanChunk.
         * @deprecated Use meridian.tail.ScanChunk.$Properties instead.
         */
        interface IScanChunk extends meridian.tail.ScanChunk.$Properties {
        }

        /** Represents a ScanChunk. */
        class ScanChunk {

            /**
             * Constructs a new ScanChunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.ScanChunk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ScanChunk scan. */
            scan: number;

            /** ScanChunk slot. */
            slot: number;

            /** ScanChunk chunk. */
            chunk: number;

            /** ScanChunk last. */
            last: boolean;

            /** ScanChunk to. */
            to: number;

            /** ScanChunk records. */
            records: number;

            /** ScanChunk error. */
            error: string;

            /** ScanChunk changes. */
            changes: number;

            /**
             * Creates a new ScanChunk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScanChunk instance
             */
            static create(properties: meridian.tail.ScanChunk.$Shape): meridian.tail.ScanChunk & meridian.tail.ScanChunk.$Shape;
            static create(properties?: meridian.tail.ScanChunk.$Properties): meridian.tail.ScanChunk;

            /**
             * Encodes the specified ScanChunk message. Does not implicitly {@link meridian.tail.ScanChunk.verify|verify} messages.
             * @param message ScanChunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.ScanChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScanChunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.ScanChunk & meridian.tail.ScanChunk.$Shape} ScanChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.ScanChunk & meridian.tail.ScanChunk.$Shape;
        }

        namespace ScanChunk {

            /** Properties of a ScanChunk. */
            interface $Properties {

                /** ScanChunk scan */
                scan?: (number|null);

                /** ScanChunk slot */
                slot?: (number|null);

                /** ScanChunk chunk */
                chunk?: (number|null);

                /** ScanChunk last */
                last?: (boolean|null);

                /** ScanChunk to */
                to?: (number|null);

                /** ScanChunk records */
                records?: (number|null);

                /** ScanChunk error */
                error?: (string|null);

                /** ScanChunk changes */
                changes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScanChunk. */
            type $Shape = meridian.tail.ScanChunk.$Properties;
        }

        /**
         * Properties of a FeedPosition.
         * @deprecated Use meridian.tail.FeedPosition.$Properties instead.
         */
        interface IFeedPosition extends meridian.tail.FeedPosition.$Properties {
        }

        /** Represents a FeedPosition. */
        class FeedPosition {

            /**
             * Constructs a new FeedPosition.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.FeedPosition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedPosition consumer. */
            consumer: string;

            /** FeedPosition logId. */
            logId: number;

            /** FeedPosition partitions. */
            partitions: number[];

            /** FeedPosition lasts. */
            lasts: number[];

            /** FeedPosition covered. */
            covered: number[];

            /** FeedPosition stream. */
            stream: string;

            /** FeedPosition streamLast. */
            streamLast: number;

            /** FeedPosition open. */
            open: boolean;

            /** FeedPosition moves. */
            moves: number[];

            /**
             * Creates a new FeedPosition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedPosition instance
             */
            static create(properties: meridian.tail.FeedPosition.$Shape): meridian.tail.FeedPosition & meridian.tail.FeedPosition.$Shape;
            static create(properties?: meridian.tail.FeedPosition.$Properties): meridian.tail.FeedPosition;

            /**
             * Encodes the specified FeedPosition message. Does not implicitly {@link meridian.tail.FeedPosition.verify|verify} messages.
             * @param message FeedPosition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.FeedPosition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedPosition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPosition & meridian.tail.FeedPosition.$Shape} FeedPosition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.FeedPosition & meridian.tail.FeedPosition.$Shape;
        }

        namespace FeedPosition {

            /** Properties of a FeedPosition. */
            interface $Properties {

                /** FeedPosition consumer */
                consumer?: (string|null);

                /** FeedPosition logId */
                logId?: (number|null);

                /** FeedPosition partitions */
                partitions?: (number[]|null);

                /** FeedPosition lasts */
                lasts?: (number[]|null);

                /** FeedPosition covered */
                covered?: (number[]|null);

                /** FeedPosition stream */
                stream?: (string|null);

                /** FeedPosition streamLast */
                streamLast?: (number|null);

                /** FeedPosition open */
                open?: (boolean|null);

                /** FeedPosition moves */
                moves?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedPosition. */
            type $Shape = meridian.tail.FeedPosition.$Properties;
        }

        /**
         * Properties of a FeedPositions.
         * @deprecated Use meridian.tail.FeedPositions.$Properties instead.
         */
        interface IFeedPositions extends meridian.tail.FeedPositions.$Properties {
        }

        /** Represents a FeedPositions. */
        class FeedPositions {

            /**
             * Constructs a new FeedPositions.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.FeedPositions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedPositions request. */
            request: number;

            /** FeedPositions feed. */
            feed: string;

            /** FeedPositions positions. */
            positions: meridian.tail.FeedPosition.$Properties[];

            /**
             * Creates a new FeedPositions instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedPositions instance
             */
            static create(properties: meridian.tail.FeedPositions.$Shape): meridian.tail.FeedPositions & meridian.tail.FeedPositions.$Shape;
            static create(properties?: meridian.tail.FeedPositions.$Properties): meridian.tail.FeedPositions;

            /**
             * Encodes the specified FeedPositions message. Does not implicitly {@link meridian.tail.FeedPositions.verify|verify} messages.
             * @param message FeedPositions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.FeedPositions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedPositions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPositions & meridian.tail.FeedPositions.$Shape} FeedPositions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.FeedPositions & meridian.tail.FeedPositions.$Shape;
        }

        namespace FeedPositions {

            /** Properties of a FeedPositions. */
            interface $Properties {

                /** FeedPositions request */
                request?: (number|null);

                /** FeedPositions feed */
                feed?: (string|null);

                /** FeedPositions positions */
                positions?: (meridian.tail.FeedPosition.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedPositions. */
            type $Shape = meridian.tail.FeedPositions.$Properties;
        }

        /**
         * Properties of a FeedSaved.
         * @deprecated Use meridian.tail.FeedSaved.$Properties instead.
         */
        interface IFeedSaved extends meridian.tail.FeedSaved.$Properties {
        }

        /** Represents a FeedSaved. */
        class FeedSaved {

            /**
             * Constructs a new FeedSaved.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.FeedSaved.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedSaved request. */
            request: number;

            /**
             * Creates a new FeedSaved instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedSaved instance
             */
            static create(properties: meridian.tail.FeedSaved.$Shape): meridian.tail.FeedSaved & meridian.tail.FeedSaved.$Shape;
            static create(properties?: meridian.tail.FeedSaved.$Properties): meridian.tail.FeedSaved;

            /**
             * Encodes the specified FeedSaved message. Does not implicitly {@link meridian.tail.FeedSaved.verify|verify} messages.
             * @param message FeedSaved message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.FeedSaved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedSaved message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.FeedSaved & meridian.tail.FeedSaved.$Shape} FeedSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.FeedSaved & meridian.tail.FeedSaved.$Shape;
        }

        namespace FeedSaved {

            /** Properties of a FeedSaved. */
            interface $Properties {

                /** FeedSaved request */
                request?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedSaved. */
            type $Shape = meridian.tail.FeedSaved.$Properties;
        }

        /**
         * Properties of a FeedAsk.
         * @deprecated Use meridian.tail.FeedAsk.$Properties instead.
         */
        interface IFeedAsk extends meridian.tail.FeedAsk.$Properties {
        }

        /** Represents a FeedAsk. */
        class FeedAsk {

            /**
             * Constructs a new FeedAsk.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.FeedAsk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedAsk request. */
            request: number;

            /** FeedAsk feed. */
            feed: string;

            /** FeedAsk consumers. */
            consumers: string[];

            /**
             * Creates a new FeedAsk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedAsk instance
             */
            static create(properties: meridian.tail.FeedAsk.$Shape): meridian.tail.FeedAsk & meridian.tail.FeedAsk.$Shape;
            static create(properties?: meridian.tail.FeedAsk.$Properties): meridian.tail.FeedAsk;

            /**
             * Encodes the specified FeedAsk message. Does not implicitly {@link meridian.tail.FeedAsk.verify|verify} messages.
             * @param message FeedAsk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.FeedAsk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedAsk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.FeedAsk & meridian.tail.FeedAsk.$Shape} FeedAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.FeedAsk & meridian.tail.FeedAsk.$Shape;
        }

        namespace FeedAsk {

            /** Properties of a FeedAsk. */
            interface $Properties {

                /** FeedAsk request */
                request?: (number|null);

                /** FeedAsk feed */
                feed?: (string|null);

                /** FeedAsk consumers */
                consumers?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedAsk. */
            type $Shape = meridian.tail.FeedAsk.$Properties;
        }

        /**
         * Properties of a FeedState.
         * @deprecated Use meridian.tail.FeedState.$Properties instead.
         */
        interface IFeedState extends meridian.tail.FeedState.$Properties {
        }

        /** Represents a FeedState. */
        class FeedState {

            /**
             * Constructs a new FeedState.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.FeedState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedState request. */
            request: number;

            /** FeedState positions. */
            positions: meridian.tail.FeedPosition.$Properties[];

            /** FeedState ends. */
            ends: number[];

            /**
             * Creates a new FeedState instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedState instance
             */
            static create(properties: meridian.tail.FeedState.$Shape): meridian.tail.FeedState & meridian.tail.FeedState.$Shape;
            static create(properties?: meridian.tail.FeedState.$Properties): meridian.tail.FeedState;

            /**
             * Encodes the specified FeedState message. Does not implicitly {@link meridian.tail.FeedState.verify|verify} messages.
             * @param message FeedState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.FeedState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.FeedState & meridian.tail.FeedState.$Shape} FeedState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.FeedState & meridian.tail.FeedState.$Shape;
        }

        namespace FeedState {

            /** Properties of a FeedState. */
            interface $Properties {

                /** FeedState request */
                request?: (number|null);

                /** FeedState positions */
                positions?: (meridian.tail.FeedPosition.$Properties[]|null);

                /** FeedState ends */
                ends?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedState. */
            type $Shape = meridian.tail.FeedState.$Properties;
        }

        /**
         * Properties of a FeedPlacesAsk.
         * @deprecated Use meridian.tail.FeedPlacesAsk.$Properties instead.
         */
        interface IFeedPlacesAsk extends meridian.tail.FeedPlacesAsk.$Properties {
        }

        /** Represents a FeedPlacesAsk. */
        class FeedPlacesAsk {

            /**
             * Constructs a new FeedPlacesAsk.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.FeedPlacesAsk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedPlacesAsk request. */
            request: number;

            /** FeedPlacesAsk vectors. */
            vectors: boolean;

            /** FeedPlacesAsk slots. */
            slots: number[];

            /** FeedPlacesAsk sequences. */
            sequences: number[];

            /** FeedPlacesAsk counts. */
            counts: number[];

            /** FeedPlacesAsk logs. */
            logs: number[];

            /** FeedPlacesAsk lasts. */
            lasts: number[];

            /**
             * Creates a new FeedPlacesAsk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedPlacesAsk instance
             */
            static create(properties: meridian.tail.FeedPlacesAsk.$Shape): meridian.tail.FeedPlacesAsk & meridian.tail.FeedPlacesAsk.$Shape;
            static create(properties?: meridian.tail.FeedPlacesAsk.$Properties): meridian.tail.FeedPlacesAsk;

            /**
             * Encodes the specified FeedPlacesAsk message. Does not implicitly {@link meridian.tail.FeedPlacesAsk.verify|verify} messages.
             * @param message FeedPlacesAsk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.FeedPlacesAsk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedPlacesAsk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPlacesAsk & meridian.tail.FeedPlacesAsk.$Shape} FeedPlacesAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.FeedPlacesAsk & meridian.tail.FeedPlacesAsk.$Shape;
        }

        namespace FeedPlacesAsk {

            /** Properties of a FeedPlacesAsk. */
            interface $Properties {

                /** FeedPlacesAsk request */
                request?: (number|null);

                /** FeedPlacesAsk vectors */
                vectors?: (boolean|null);

                /** FeedPlacesAsk slots */
                slots?: (number[]|null);

                /** FeedPlacesAsk sequences */
                sequences?: (number[]|null);

                /** FeedPlacesAsk counts */
                counts?: (number[]|null);

                /** FeedPlacesAsk logs */
                logs?: (number[]|null);

                /** FeedPlacesAsk lasts */
                lasts?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedPlacesAsk. */
            type $Shape = meridian.tail.FeedPlacesAsk.$Properties;
        }

        /**
         * Properties of a FeedPlaces.
         * @deprecated Use meridian.tail.FeedPlaces.$Properties instead.
         */
        interface IFeedPlaces extends meridian.tail.FeedPlaces.$Properties {
        }

        /** Represents a FeedPlaces. */
        class FeedPlaces {

            /**
             * Constructs a new FeedPlaces.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.tail.FeedPlaces.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedPlaces request. */
            request: number;

            /** FeedPlaces slots. */
            slots: number[];

            /** FeedPlaces sequences. */
            sequences: number[];

            /** FeedPlaces counts. */
            counts: number[];

            /** FeedPlaces logs. */
            logs: number[];

            /** FeedPlaces lasts. */
            lasts: number[];

            /**
             * Creates a new FeedPlaces instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedPlaces instance
             */
            static create(properties: meridian.tail.FeedPlaces.$Shape): meridian.tail.FeedPlaces & meridian.tail.FeedPlaces.$Shape;
            static create(properties?: meridian.tail.FeedPlaces.$Properties): meridian.tail.FeedPlaces;

            /**
             * Encodes the specified FeedPlaces message. Does not implicitly {@link meridian.tail.FeedPlaces.verify|verify} messages.
             * @param message FeedPlaces message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.tail.FeedPlaces.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedPlaces message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPlaces & meridian.tail.FeedPlaces.$Shape} FeedPlaces
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.tail.FeedPlaces & meridian.tail.FeedPlaces.$Shape;
        }

        namespace FeedPlaces {

            /** Properties of a FeedPlaces. */
            interface $Properties {

                /** FeedPlaces request */
                request?: (number|null);

                /** FeedPlaces slots */
                slots?: (number[]|null);

                /** FeedPlaces sequences */
                sequences?: (number[]|null);

                /** FeedPlaces counts */
                counts?: (number[]|null);

                /** FeedPlaces logs */
                logs?: (number[]|null);

                /** FeedPlaces lasts */
                lasts?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedPlaces. */
            type $Shape = meridian.tail.FeedPlaces.$Properties;
        }
    }
}
