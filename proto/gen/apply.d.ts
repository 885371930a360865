import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace apply. */
    namespace apply {

        /**
         * Properties of an ApplyRuns.
         * @deprecated Use meridian.apply.ApplyRuns.$Properties instead.
         */
        interface IApplyRuns extends meridian.apply.ApplyRuns.$Properties {
        }

        /** Represents an ApplyRuns. */
        class ApplyRuns {

            /**
             * Constructs a new ApplyRuns.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.apply.ApplyRuns.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ApplyRuns request. */
            request: number;

            /** ApplyRuns originId. */
            originId: number;

            /** ApplyRuns logId. */
            logId: number;

            /** ApplyRuns namespace. */
            namespace: number;

            /** ApplyRuns partitions. */
            partitions: number[];

            /** ApplyRuns from. */
            from: number[];

            /** ApplyRuns span. */
            span: number[];

            /** ApplyRuns bytes. */
            bytes: number[];

            /**
             * Creates a new ApplyRuns instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ApplyRuns instance
             */
            static create(properties: meridian.apply.ApplyRuns.$Shape): meridian.apply.ApplyRuns & meridian.apply.ApplyRuns.$Shape;
            static create(properties?: meridian.apply.ApplyRuns.$Properties): meridian.apply.ApplyRuns;

            /**
             * Encodes the specified ApplyRuns message. Does not implicitly {@link meridian.apply.ApplyRuns.verify|verify} messages.
             * @param message ApplyRuns message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.apply.ApplyRuns.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ApplyRuns message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.apply.ApplyRuns & meridian.apply.ApplyRuns.$Shape} ApplyRuns
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.apply.ApplyRuns & meridian.apply.ApplyRuns.$Shape;
        }

        namespace ApplyRuns {

            /** Properties of an ApplyRuns. */
            interface $Properties {

                /** ApplyRuns request */
                request?: (number|null);

                /** ApplyRuns originId */
                originId?: (number|null);

                /** ApplyRuns logId */
                logId?: (number|null);

                /** ApplyRuns namespace */
                namespace?: (number|null);

                /** ApplyRuns partitions */
                partitions?: (number[]|null);

                /** ApplyRuns from */
                from?: (number[]|null);

                /** ApplyRuns span */
                span?: (number[]|null);

                /** ApplyRuns bytes */
                bytes?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ApplyRuns. */
            type $Shape = meridian.apply.ApplyRuns.$Properties;
        }

        /**
         * Properties of an ApplyScanChunk.
         * @deprecated Use meridian.apply.ApplyScanChunk.$Properties instead.
         */
        interface IApplyScanChunk extends meridian.apply.ApplyScanChunk.$Properties {
        }

        /** Represents an ApplyScanChunk. */
        class ApplyScanChunk {

            /**
             * Constructs a new ApplyScanChunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.apply.ApplyScanChunk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ApplyScanChunk request. */
            request: number;

            /** ApplyScanChunk originId. */
            originId: number;

            /** ApplyScanChunk logId. */
            logId: number;

            /** ApplyScanChunk namespace. */
            namespace: number;

            /** ApplyScanChunk partition. */
            partition: number;

            /** ApplyScanChunk scan. */
            scan: number;

            /** ApplyScanChunk chunk. */
            chunk: number;

            /** ApplyScanChunk last. */
            last: boolean;

            /** ApplyScanChunk to. */
            to: number;

            /** ApplyScanChunk changes. */
            changes: number;

            /** ApplyScanChunk base. */
            base: number;

            /**
             * Creates a new ApplyScanChunk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ApplyScanChunk instance
             */
            static create(properties: meridian.apply.ApplyScanChunk.$Shape): meridian.apply.ApplyScanChunk & meridian.apply.ApplyScanChunk.$Shape;
            static create(properties?: meridian.apply.ApplyScanChunk.$Properties): meridian.apply.ApplyScanChunk;

            /**
             * Encodes the specified ApplyScanChunk message. Does not implicitly {@link meridian.apply.ApplyScanChunk.verify|verify} messages.
             * @param message ApplyScanChunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.apply.ApplyScanChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ApplyScanChunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.apply.ApplyScanChunk & meridian.apply.ApplyScanChunk.$Shape} ApplyScanChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.apply.ApplyScanChunk & meridian.apply.ApplyScanChunk.$Shape;
        }

        namespace ApplyScanChunk {

            /** Properties of an ApplyScanChunk. */
            interface $Properties {

                /** ApplyScanChunk request */
                request?: (number|null);

                /** ApplyScanChunk originId */
                originId?: (number|null);

                /** ApplyScanChunk logId */
                logId?: (number|null);

                /** ApplyScanChunk namespace */
                namespace?: (number|null);

                /** ApplyScanChunk partition */
                partition?: (number|null);

                /** ApplyScanChunk scan */
                scan?: (number|null);

                /** ApplyScanChunk chunk */
                chunk?: (number|null);

                /** ApplyScanChunk last */
                last?: (boolean|null);

                /** ApplyScanChunk to */
                to?: (number|null);

                /** ApplyScanChunk changes */
                changes?: (number|null);

                /** ApplyScanChunk base */
                base?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ApplyScanChunk. */
            type $Shape = meridian.apply.ApplyScanChunk.$Properties;
        }

        /**
         * Properties of an ApplyReply.
         * @deprecated Use meridian.apply.ApplyReply.$Properties instead.
         */
        interface IApplyReply extends meridian.apply.ApplyReply.$Properties {
        }

        /** Represents an ApplyReply. */
        class ApplyReply {

            /**
             * Constructs a new ApplyReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.apply.ApplyReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ApplyReply request. */
            request: number;

            /** ApplyReply outcomes. */
            outcomes: number[];

            /** ApplyReply positions. */
            positions: number[];

            /** ApplyReply applied. */
            applied: number;

            /** ApplyReply superseded. */
            superseded: number;

            /** ApplyReply conflictWon. */
            conflictWon: number;

            /** ApplyReply conflictLost. */
            conflictLost: number;

            /** ApplyReply duplicate. */
            duplicate: number;

            /** ApplyReply parked. */
            parked: number;

            /** ApplyReply filtered. */
            filtered: number;

            /**
             * Creates a new ApplyReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ApplyReply instance
             */
            static create(properties: meridian.apply.ApplyReply.$Shape): meridian.apply.ApplyReply & meridian.apply.ApplyReply.$Shape;
            static create(properties?: meridian.apply.ApplyReply.$Properties): meridian.apply.ApplyReply;

            /**
             * Encodes the specified ApplyReply message. Does not implicitly {@link meridian.apply.ApplyReply.verify|verify} messages.
             * @param message ApplyReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.apply.ApplyReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ApplyReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.apply.ApplyReply & meridian.apply.ApplyReply.$Shape} ApplyReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.apply.ApplyReply & meridian.apply.ApplyReply.$Shape;
        }

        namespace ApplyReply {

            /** Properties of an ApplyReply. */
            interface $Properties {

                /** ApplyReply request */
                request?: (number|null);

                /** ApplyReply outcomes */
                outcomes?: (number[]|null);

                /** ApplyReply positions */
                positions?: (number[]|null);

                /** ApplyReply applied */
                applied?: (number|null);

                /** ApplyReply superseded */
                superseded?: (number|null);

                /** ApplyReply conflictWon */
                conflictWon?: (number|null);

                /** ApplyReply conflictLost */
                conflictLost?: (number|null);

                /** ApplyReply duplicate */
                duplicate?: (number|null);

                /** ApplyReply parked */
                parked?: (number|null);

                /** ApplyReply filtered */
                filtered?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ApplyReply. */
            type $Shape = meridian.apply.ApplyReply.$Properties;
        }

        /**
         * Properties of a PositionsAsk.
         * @deprecated Use meridian.apply.PositionsAsk.$Properties instead.
         */
        interface IPositionsAsk extends meridian.apply.PositionsAsk.$Properties {
        }

        /** Represents a PositionsAsk. */
        class PositionsAsk {

            /**
             * Constructs a new PositionsAsk.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.apply.PositionsAsk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PositionsAsk request. */
            request: number;

            /** PositionsAsk originId. */
            originId: number;

            /**
             * Creates a new PositionsAsk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PositionsAsk instance
             */
            static create(properties: meridian.apply.PositionsAsk.$Shape): meridian.apply.PositionsAsk & meridian.apply.PositionsAsk.$Shape;
            static create(properties?: meridian.apply.PositionsAsk.$Properties): meridian.apply.PositionsAsk;

            /**
             * Encodes the specified PositionsAsk message. Does not implicitly {@link meridian.apply.PositionsAsk.verify|verify} messages.
             * @param message PositionsAsk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.apply.PositionsAsk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PositionsAsk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.apply.PositionsAsk & meridian.apply.PositionsAsk.$Shape} PositionsAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.apply.PositionsAsk & meridian.apply.PositionsAsk.$Shape;
        }

        namespace PositionsAsk {

            /** Properties of a PositionsAsk. */
            interface $Properties {

                /** PositionsAsk request */
                request?: (number|null);

                /** PositionsAsk originId */
                originId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PositionsAsk. */
            type $Shape = meridian.apply.PositionsAsk.$Properties;
        }

        /**
         * Properties of a Positions.
         * @deprecated Use meridian.apply.Positions.$Properties instead.
         */
        interface IPositions extends meridian.apply.Positions.$Properties {
        }

        /** Represents a Positions. */
        class Positions {

            /**
             * Constructs a new Positions.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.apply.Positions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Positions request. */
            request: number;

            /** Positions slots. */
            slots: number[];

            /** Positions logIds. */
            logIds: number[];

            /** Positions positions. */
            positions: number[];

            /**
             * Creates a new Positions instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Positions instance
             */
            static create(properties: meridian.apply.Positions.$Shape): meridian.apply.Positions & meridian.apply.Positions.$Shape;
            static create(properties?: meridian.apply.Positions.$Properties): meridian.apply.Positions;

            /**
             * Encodes the specified Positions message. Does not implicitly {@link meridian.apply.Positions.verify|verify} messages.
             * @param message Positions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.apply.Positions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Positions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.apply.Positions & meridian.apply.Positions.$Shape} Positions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.apply.Positions & meridian.apply.Positions.$Shape;
        }

        namespace Positions {

            /** Properties of a Positions. */
            interface $Properties {

                /** Positions request */
                request?: (number|null);

                /** Positions slots */
                slots?: (number[]|null);

                /** Positions logIds */
                logIds?: (number[]|null);

                /** Positions positions */
                positions?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Positions. */
            type $Shape = meridian.apply.Positions.$Properties;
        }
    }
}
