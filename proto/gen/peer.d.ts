import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace peer. */
    namespace peer {

        /**
         * Properties of a Beacon.
         * @deprecated Use meridian.peer.Beacon.$Properties instead.
         */
        interface IBeacon extends meridian.peer.Beacon.$Properties {
        }

        /** Represents a Beacon. */
        class Beacon {

            /**
             * Constructs a new Beacon.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.Beacon.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Beacon sentAt. */
            sentAt: number;

            /** Beacon mapVersion. */
            mapVersion: number;

            /**
             * Creates a new Beacon instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Beacon instance
             */
            static create(properties: meridian.peer.Beacon.$Shape): meridian.peer.Beacon & meridian.peer.Beacon.$Shape;
            static create(properties?: meridian.peer.Beacon.$Properties): meridian.peer.Beacon;

            /**
             * Encodes the specified Beacon message. Does not implicitly {@link meridian.peer.Beacon.verify|verify} messages.
             * @param message Beacon message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.Beacon.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Beacon message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.Beacon & meridian.peer.Beacon.$Shape} Beacon
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.Beacon & meridian.peer.Beacon.$Shape;
        }

        namespace Beacon {

            /** Properties of a Beacon. */
            interface $Properties {

                /** Beacon sentAt */
                sentAt?: (number|null);

                /** Beacon mapVersion */
                mapVersion?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Beacon. */
            type $Shape = meridian.peer.Beacon.$Properties;
        }

        /**
         * Properties of a BeaconReply.
         * @deprecated Use meridian.peer.BeaconReply.$Properties instead.
         */
        interface IBeaconReply extends meridian.peer.BeaconReply.$Properties {
        }

        /** Represents a BeaconReply. */
        class BeaconReply {

            /**
             * Constructs a new BeaconReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.BeaconReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BeaconReply sentAt. */
            sentAt: number;

            /** BeaconReply mapVersion. */
            mapVersion: number;

            /**
             * Creates a new BeaconReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BeaconReply instance
             */
            static create(properties: meridian.peer.BeaconReply.$Shape): meridian.peer.BeaconReply & meridian.peer.BeaconReply.$Shape;
            static create(properties?: meridian.peer.BeaconReply.$Properties): meridian.peer.BeaconReply;

            /**
             * Encodes the specified BeaconReply message. Does not implicitly {@link meridian.peer.BeaconReply.verify|verify} messages.
             * @param message BeaconReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.BeaconReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BeaconReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.BeaconReply & meridian.peer.BeaconReply.$Shape} BeaconReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.BeaconReply & meridian.peer.BeaconReply.$Shape;
        }

        namespace BeaconReply {

            /** Properties of a BeaconReply. */
            interface $Properties {

                /** BeaconReply sentAt */
                sentAt?: (number|null);

                /** BeaconReply mapVersion */
                mapVersion?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BeaconReply. */
            type $Shape = meridian.peer.BeaconReply.$Properties;
        }

        /**
         * Properties of an Append.
         * @deprecated Use meridian.peer.Append.$Properties instead.
         */
        interface IAppend extends meridian.peer.Append.$Properties {
        }

        /** Represents an Append. */
        class Append {

            /**
             * Constructs a new Append.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.Append.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Append frameId. */
            frameId: number;

            /** Append slots. */
            slots: number[];

            /** Append epochs. */
            epochs: number[];

            /** Append firsts. */
            firsts: number[];

            /** Append counts. */
            counts: number[];

            /**
             * Creates a new Append instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Append instance
             */
            static create(properties: meridian.peer.Append.$Shape): meridian.peer.Append & meridian.peer.Append.$Shape;
            static create(properties?: meridian.peer.Append.$Properties): meridian.peer.Append;

            /**
             * Encodes the specified Append message. Does not implicitly {@link meridian.peer.Append.verify|verify} messages.
             * @param message Append message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.Append.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Append message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.Append & meridian.peer.Append.$Shape} Append
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.Append & meridian.peer.Append.$Shape;
        }

        namespace Append {

            /** Properties of an Append. */
            interface $Properties {

                /** Append frameId */
                frameId?: (number|null);

                /** Append slots */
                slots?: (number[]|null);

                /** Append epochs */
                epochs?: (number[]|null);

                /** Append firsts */
                firsts?: (number[]|null);

                /** Append counts */
                counts?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Append. */
            type $Shape = meridian.peer.Append.$Properties;
        }

        /**
         * Properties of an AppendAck.
         * @deprecated Use meridian.peer.AppendAck.$Properties instead.
         */
        interface IAppendAck extends meridian.peer.AppendAck.$Properties {
        }

        /** Represents an AppendAck. */
        class AppendAck {

            /**
             * Constructs a new AppendAck.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.AppendAck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AppendAck frameId. */
            frameId: number;

            /** AppendAck rejectedFrames. */
            rejectedFrames: number[];

            /** AppendAck rejectedSlots. */
            rejectedSlots: number[];

            /**
             * Creates a new AppendAck instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AppendAck instance
             */
            static create(properties: meridian.peer.AppendAck.$Shape): meridian.peer.AppendAck & meridian.peer.AppendAck.$Shape;
            static create(properties?: meridian.peer.AppendAck.$Properties): meridian.peer.AppendAck;

            /**
             * Encodes the specified AppendAck message. Does not implicitly {@link meridian.peer.AppendAck.verify|verify} messages.
             * @param message AppendAck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.AppendAck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AppendAck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.AppendAck & meridian.peer.AppendAck.$Shape} AppendAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.AppendAck & meridian.peer.AppendAck.$Shape;
        }

        namespace AppendAck {

            /** Properties of an AppendAck. */
            interface $Properties {

                /** AppendAck frameId */
                frameId?: (number|null);

                /** AppendAck rejectedFrames */
                rejectedFrames?: (number[]|null);

                /** AppendAck rejectedSlots */
                rejectedSlots?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AppendAck. */
            type $Shape = meridian.peer.AppendAck.$Properties;
        }

        /**
         * Properties of a Join.
         * @deprecated Use meridian.peer.Join.$Properties instead.
         */
        interface IJoin extends meridian.peer.Join.$Properties {
        }

        /** Represents a Join. */
        class Join {

            /**
             * Constructs a new Join.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.Join.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Join rows. */
            rows: meridian.peer.Join.Row.$Properties[];

            /** Join mapVersion. */
            mapVersion: number;

            /**
             * Creates a new Join instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Join instance
             */
            static create(properties: meridian.peer.Join.$Shape): meridian.peer.Join & meridian.peer.Join.$Shape;
            static create(properties?: meridian.peer.Join.$Properties): meridian.peer.Join;

            /**
             * Encodes the specified Join message. Does not implicitly {@link meridian.peer.Join.verify|verify} messages.
             * @param message Join message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.Join.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Join message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.Join & meridian.peer.Join.$Shape} Join
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.Join & meridian.peer.Join.$Shape;
        }

        namespace Join {

            /** Properties of a Join. */
            interface $Properties {

                /** Join rows */
                rows?: (meridian.peer.Join.Row.$Properties[]|null);

                /** Join mapVersion */
                mapVersion?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Join. */
            type $Shape = meridian.peer.Join.$Properties;

            /**
             * Properties of a Row.
             * @deprecated Use meridian.peer.Join.Row.$Properties instead.
             */
            interface IRow extends meridian.peer.Join.Row.$Properties {
            }

            /** Represents a Row. */
            class Row {

                /**
                 * Constructs a new Row.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: meridian.peer.Join.Row.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Row slot. */
                slot: number;

                /** Row epoch. */
                epoch: number;

                /** Row last. */
                last: number;

                /** Row historyEpochs. */
                historyEpochs: number[];

                /** Row historyFirsts. */
                historyFirsts: number[];

                /** Row attempt. */
                attempt: number;

                /**
                 * Creates a new Row instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Row instance
                 */
                static create(properties: meridian.peer.Join.Row.$Shape): meridian.peer.Join.Row & meridian.peer.Join.Row.$Shape;
                static create(properties?: meridian.peer.Join.Row.$Properties): meridian.peer.Join.Row;

                /**
                 * Encodes the specified Row message. Does not implicitly {@link meridian.peer.Join.Row.verify|verify} messages.
                 * @param message Row message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: meridian.peer.Join.Row.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Row message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {meridian.peer.Join.Row & meridian.peer.Join.Row.$Shape} Row
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.Join.Row & meridian.peer.Join.Row.$Shape;
            }

            namespace Row {

                /** Properties of a Row. */
                interface $Properties {

                    /** Row slot */
                    slot?: (number|null);

                    /** Row epoch */
                    epoch?: (number|null);

                    /** Row last */
                    last?: (number|null);

                    /** Row historyEpochs */
                    historyEpochs?: (number[]|null);

                    /** Row historyFirsts */
                    historyFirsts?: (number[]|null);

                    /** Row attempt */
                    attempt?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Row. */
                type $Shape = meridian.peer.Join.Row.$Properties;
            }
        }

        /**
         * Properties of a JoinAnswer.
         * @deprecated Use meridian.peer.JoinAnswer.$Properties instead.
         */
        interface IJoinAnswer extends meridian.peer.JoinAnswer.$Properties {
        }

        /** Represents a JoinAnswer. */
        class JoinAnswer {

            /**
             * Constructs a new JoinAnswer.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.JoinAnswer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JoinAnswer slot. */
            slot: number;

            /** JoinAnswer epoch. */
            epoch: number;

            /** JoinAnswer mode. */
            mode: string;

            /** JoinAnswer truncateTo. */
            truncateTo: number;

            /** JoinAnswer attempt. */
            attempt: number;

            /**
             * Creates a new JoinAnswer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JoinAnswer instance
             */
            static create(properties: meridian.peer.JoinAnswer.$Shape): meridian.peer.JoinAnswer & meridian.peer.JoinAnswer.$Shape;
            static create(properties?: meridian.peer.JoinAnswer.$Properties): meridian.peer.JoinAnswer;

            /**
             * Encodes the specified JoinAnswer message. Does not implicitly {@link meridian.peer.JoinAnswer.verify|verify} messages.
             * @param message JoinAnswer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.JoinAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JoinAnswer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.JoinAnswer & meridian.peer.JoinAnswer.$Shape} JoinAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.JoinAnswer & meridian.peer.JoinAnswer.$Shape;
        }

        namespace JoinAnswer {

            /** Properties of a JoinAnswer. */
            interface $Properties {

                /** JoinAnswer slot */
                slot?: (number|null);

                /** JoinAnswer epoch */
                epoch?: (number|null);

                /** JoinAnswer mode */
                mode?: (string|null);

                /** JoinAnswer truncateTo */
                truncateTo?: (number|null);

                /** JoinAnswer attempt */
                attempt?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JoinAnswer. */
            type $Shape = meridian.peer.JoinAnswer.$Properties;
        }

        /**
         * Properties of a SnapshotPull.
         * @deprecated Use meridian.peer.SnapshotPull.$Properties instead.
         */
        interface ISnapshotPull extends meridian.peer.SnapshotPull.$Properties {
        }

        /** Represents a SnapshotPull. */
        class SnapshotPull {

            /**
             * Constructs a new SnapshotPull.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.SnapshotPull.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SnapshotPull slot. */
            slot: number;

            /** SnapshotPull epoch. */
            epoch: number;

            /** SnapshotPull cursor. */
            cursor: number;

            /** SnapshotPull requestId. */
            requestId: number;

            /**
             * Creates a new SnapshotPull instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SnapshotPull instance
             */
            static create(properties: meridian.peer.SnapshotPull.$Shape): meridian.peer.SnapshotPull & meridian.peer.SnapshotPull.$Shape;
            static create(properties?: meridian.peer.SnapshotPull.$Properties): meridian.peer.SnapshotPull;

            /**
             * Encodes the specified SnapshotPull message. Does not implicitly {@link meridian.peer.SnapshotPull.verify|verify} messages.
             * @param message SnapshotPull message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.SnapshotPull.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SnapshotPull message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.SnapshotPull & meridian.peer.SnapshotPull.$Shape} SnapshotPull
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.SnapshotPull & meridian.peer.SnapshotPull.$Shape;
        }

        namespace SnapshotPull {

            /** Properties of a SnapshotPull. */
            interface $Properties {

                /** SnapshotPull slot */
                slot?: (number|null);

                /** SnapshotPull epoch */
                epoch?: (number|null);

                /** SnapshotPull cursor */
                cursor?: (number|null);

                /** SnapshotPull requestId */
                requestId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SnapshotPull. */
            type $Shape = meridian.peer.SnapshotPull.$Properties;
        }

        /**
         * Properties of a SnapshotChunk.
         * @deprecated Use meridian.peer.SnapshotChunk.$Properties instead.
         */
        interface ISnapshotChunk extends meridian.peer.SnapshotChunk.$Properties {
        }

        /** Represents a SnapshotChunk. */
        class SnapshotChunk {

            /**
             * Constructs a new SnapshotChunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.SnapshotChunk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SnapshotChunk slot. */
            slot: number;

            /** SnapshotChunk epoch. */
            epoch: number;

            /** SnapshotChunk cursor. */
            cursor: number;

            /** SnapshotChunk last. */
            last: boolean;

            /** SnapshotChunk failure. */
            failure: string;

            /** SnapshotChunk sequence. */
            sequence: number;

            /** SnapshotChunk historyEpochs. */
            historyEpochs: number[];

            /** SnapshotChunk historyFirsts. */
            historyFirsts: number[];

            /** SnapshotChunk appliedOrigins. */
            appliedOrigins: number[];

            /** SnapshotChunk appliedLogIds. */
            appliedLogIds: number[];

            /** SnapshotChunk appliedSequences. */
            appliedSequences: number[];

            /** SnapshotChunk requestId. */
            requestId: number;

            /** SnapshotChunk ledgers. */
            ledgers: number[];

            /** SnapshotChunk changes. */
            changes: number;

            /** SnapshotChunk conflicts. */
            conflicts: number;

            /** SnapshotChunk notes. */
            notes: Uint8Array[];

            /** SnapshotChunk filtered. */
            filtered: number[];

            /** SnapshotChunk forwarded. */
            forwarded: number[];

            /**
             * Creates a new SnapshotChunk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SnapshotChunk instance
             */
            static create(properties: meridian.peer.SnapshotChunk.$Shape): meridian.peer.SnapshotChunk & meridian.peer.SnapshotChunk.$Shape;
            static create(properties?: meridian.peer.SnapshotChunk.$Properties): meridian.peer.SnapshotChunk;

            /**
             * Encodes the specified SnapshotChunk message. Does not implicitly {@link meridian.peer.SnapshotChunk.verify|verify} messages.
             * @param message SnapshotChunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.SnapshotChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SnapshotChunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.SnapshotChunk & meridian.peer.SnapshotChunk.$Shape} SnapshotChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.SnapshotChunk & meridian.peer.SnapshotChunk.$Shape;
        }

        namespace SnapshotChunk {

            /** Properties of a SnapshotChunk. */
            interface $Properties {

                /** SnapshotChunk slot */
                slot?: (number|null);

                /** SnapshotChunk epoch */
                epoch?: (number|null);

                /** SnapshotChunk cursor */
                cursor?: (number|null);

                /** SnapshotChunk last */
                last?: (boolean|null);

                /** SnapshotChunk failure */
                failure?: (string|null);

                /** SnapshotChunk sequence */
                sequence?: (number|null);

                /** SnapshotChunk historyEpochs */
                historyEpochs?: (number[]|null);

                /** SnapshotChunk historyFirsts */
                historyFirsts?: (number[]|null);

                /** SnapshotChunk appliedOrigins */
                appliedOrigins?: (number[]|null);

                /** SnapshotChunk appliedLogIds */
                appliedLogIds?: (number[]|null);

                /** SnapshotChunk appliedSequences */
                appliedSequences?: (number[]|null);

                /** SnapshotChunk requestId */
                requestId?: (number|null);

                /** SnapshotChunk ledgers */
                ledgers?: (number[]|null);

                /** SnapshotChunk changes */
                changes?: (number|null);

                /** SnapshotChunk conflicts */
                conflicts?: (number|null);

                /** SnapshotChunk notes */
                notes?: (Uint8Array[]|null);

                /** SnapshotChunk filtered */
                filtered?: (number[]|null);

                /** SnapshotChunk forwarded */
                forwarded?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SnapshotChunk. */
            type $Shape = meridian.peer.SnapshotChunk.$Properties;
        }

        /**
         * Properties of a FetchRecords.
         * @deprecated Use meridian.peer.FetchRecords.$Properties instead.
         */
        interface IFetchRecords extends meridian.peer.FetchRecords.$Properties {
        }

        /** Represents a FetchRecords. */
        class FetchRecords {

            /**
             * Constructs a new FetchRecords.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.FetchRecords.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FetchRecords slot. */
            slot: number;

            /** FetchRecords epoch. */
            epoch: number;

            /** FetchRecords requestId. */
            requestId: number;

            /**
             * Creates a new FetchRecords instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchRecords instance
             */
            static create(properties: meridian.peer.FetchRecords.$Shape): meridian.peer.FetchRecords & meridian.peer.FetchRecords.$Shape;
            static create(properties?: meridian.peer.FetchRecords.$Properties): meridian.peer.FetchRecords;

            /**
             * Encodes the specified FetchRecords message. Does not implicitly {@link meridian.peer.FetchRecords.verify|verify} messages.
             * @param message FetchRecords message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.FetchRecords.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchRecords message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.FetchRecords & meridian.peer.FetchRecords.$Shape} FetchRecords
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.FetchRecords & meridian.peer.FetchRecords.$Shape;
        }

        namespace FetchRecords {

            /** Properties of a FetchRecords. */
            interface $Properties {

                /** FetchRecords slot */
                slot?: (number|null);

                /** FetchRecords epoch */
                epoch?: (number|null);

                /** FetchRecords requestId */
                requestId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FetchRecords. */
            type $Shape = meridian.peer.FetchRecords.$Properties;
        }

        /**
         * Properties of a FetchedRecords.
         * @deprecated Use meridian.peer.FetchedRecords.$Properties instead.
         */
        interface IFetchedRecords extends meridian.peer.FetchedRecords.$Properties {
        }

        /** Represents a FetchedRecords. */
        class FetchedRecords {

            /**
             * Constructs a new FetchedRecords.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.FetchedRecords.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FetchedRecords slot. */
            slot: number;

            /** FetchedRecords requestId. */
            requestId: number;

            /** FetchedRecords failure. */
            failure: string;

            /**
             * Creates a new FetchedRecords instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FetchedRecords instance
             */
            static create(properties: meridian.peer.FetchedRecords.$Shape): meridian.peer.FetchedRecords & meridian.peer.FetchedRecords.$Shape;
            static create(properties?: meridian.peer.FetchedRecords.$Properties): meridian.peer.FetchedRecords;

            /**
             * Encodes the specified FetchedRecords message. Does not implicitly {@link meridian.peer.FetchedRecords.verify|verify} messages.
             * @param message FetchedRecords message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.FetchedRecords.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchedRecords message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.FetchedRecords & meridian.peer.FetchedRecords.$Shape} FetchedRecords
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.FetchedRecords & meridian.peer.FetchedRecords.$Shape;
        }

        namespace FetchedRecords {

            /** Properties of a FetchedRecords. */
            interface $Properties {

                /** FetchedRecords slot */
                slot?: (number|null);

                /** FetchedRecords requestId */
                requestId?: (number|null);

                /** FetchedRecords failure */
                failure?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FetchedRecords. */
            type $Shape = meridian.peer.FetchedRecords.$Properties;
        }

        /**
         * Properties of a Handover.
         * @deprecated Use meridian.peer.Handover.$Properties instead.
         */
        interface IHandover extends meridian.peer.Handover.$Properties {
        }

        /** Represents a Handover. */
        class Handover {

            /**
             * Constructs a new Handover.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.Handover.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Handover slots. */
            slots: number[];

            /** Handover epochs. */
            epochs: number[];

            /**
             * Creates a new Handover instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Handover instance
             */
            static create(properties: meridian.peer.Handover.$Shape): meridian.peer.Handover & meridian.peer.Handover.$Shape;
            static create(properties?: meridian.peer.Handover.$Properties): meridian.peer.Handover;

            /**
             * Encodes the specified Handover message. Does not implicitly {@link meridian.peer.Handover.verify|verify} messages.
             * @param message Handover message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.Handover.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Handover message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.Handover & meridian.peer.Handover.$Shape} Handover
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.Handover & meridian.peer.Handover.$Shape;
        }

        namespace Handover {

            /** Properties of a Handover. */
            interface $Properties {

                /** Handover slots */
                slots?: (number[]|null);

                /** Handover epochs */
                epochs?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Handover. */
            type $Shape = meridian.peer.Handover.$Properties;
        }

        /**
         * Properties of a Proxy.
         * @deprecated Use meridian.peer.Proxy.$Properties instead.
         */
        interface IProxy extends meridian.peer.Proxy.$Properties {
        }

        /** Represents a Proxy. */
        class Proxy {

            /**
             * Constructs a new Proxy.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.Proxy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Proxy requestId. */
            requestId: number;

            /**
             * Creates a new Proxy instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Proxy instance
             */
            static create(properties: meridian.peer.Proxy.$Shape): meridian.peer.Proxy & meridian.peer.Proxy.$Shape;
            static create(properties?: meridian.peer.Proxy.$Properties): meridian.peer.Proxy;

            /**
             * Encodes the specified Proxy message. Does not implicitly {@link meridian.peer.Proxy.verify|verify} messages.
             * @param message Proxy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.Proxy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Proxy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.Proxy & meridian.peer.Proxy.$Shape} Proxy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.Proxy & meridian.peer.Proxy.$Shape;
        }

        namespace Proxy {

            /** Properties of a Proxy. */
            interface $Properties {

                /** Proxy requestId */
                requestId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Proxy. */
            type $Shape = meridian.peer.Proxy.$Properties;
        }

        /**
         * Properties of a ProxyReply.
         * @deprecated Use meridian.peer.ProxyReply.$Properties instead.
         */
        interface IProxyReply extends meridian.peer.ProxyReply.$Properties {
        }

        /** Represents a ProxyReply. */
        class ProxyReply {

            /**
             * Constructs a new ProxyReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.peer.ProxyReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProxyReply requestId. */
            requestId: number;

            /**
             * Creates a new ProxyReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ProxyReply instance
             */
            static create(properties: meridian.peer.ProxyReply.$Shape): meridian.peer.ProxyReply & meridian.peer.ProxyReply.$Shape;
            static create(properties?: meridian.peer.ProxyReply.$Properties): meridian.peer.ProxyReply;

            /**
             * Encodes the specified ProxyReply message. Does not implicitly {@link meridian.peer.ProxyReply.verify|verify} messages.
             * @param message ProxyReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.peer.ProxyReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProxyReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.peer.ProxyReply & meridian.peer.ProxyReply.$Shape} ProxyReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.peer.ProxyReply & meridian.peer.ProxyReply.$Shape;
        }

        namespace ProxyReply {

            /** Properties of a ProxyReply. */
            interface $Properties {

                /** ProxyReply requestId */
                requestId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProxyReply. */
            type $Shape = meridian.peer.ProxyReply.$Properties;
        }
    }
}
