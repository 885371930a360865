import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace bus. */
    namespace bus {

        /**
         * Properties of a ShipTable.
         * @deprecated Use meridian.bus.ShipTable.$Properties instead.
         */
        interface IShipTable extends meridian.bus.ShipTable.$Properties {
        }

        /** Represents a ShipTable. */
        class ShipTable {

            /**
             * Constructs a new ShipTable.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.bus.ShipTable.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ShipTable originId. */
            originId: number;

            /** ShipTable destinationId. */
            destinationId: number;

            /** ShipTable publisher. */
            publisher: number;

            /** ShipTable number. */
            number: number;

            /** ShipTable lane. */
            lane: number;

            /** ShipTable namespace. */
            namespace: string;

            /** ShipTable logId. */
            logId: number;

            /** ShipTable partitions. */
            partitions: number[];

            /** ShipTable from. */
            from: number[];

            /** ShipTable span. */
            span: number[];

            /** ShipTable counts. */
            counts: number[];

            /** ShipTable bytes. */
            bytes: number[];

            /** ShipTable chunkPartitions. */
            chunkPartitions: number[];

            /** ShipTable chunkScans. */
            chunkScans: number[];

            /** ShipTable chunkNumbers. */
            chunkNumbers: number[];

            /** ShipTable chunkLast. */
            chunkLast: boolean[];

            /** ShipTable chunkTo. */
            chunkTo: number[];

            /** ShipTable chunkRecords. */
            chunkRecords: number[];

            /** ShipTable chunkBytes. */
            chunkBytes: number[];

            /** ShipTable chunkChanges. */
            chunkChanges: number[];

            /** ShipTable chunkBases. */
            chunkBases: number[];

            /**
             * Creates a new ShipTable instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ShipTable instance
             */
            static create(properties: meridian.bus.ShipTable.$Shape): meridian.bus.ShipTable & meridian.bus.ShipTable.$Shape;
            static create(properties?: meridian.bus.ShipTable.$Properties): meridian.bus.ShipTable;

            /**
             * Encodes the specified ShipTable message. Does not implicitly {@link meridian.bus.ShipTable.verify|verify} messages.
             * @param message ShipTable message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.bus.ShipTable.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShipTable message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.bus.ShipTable & meridian.bus.ShipTable.$Shape} ShipTable
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.bus.ShipTable & meridian.bus.ShipTable.$Shape;
        }

        namespace ShipTable {

            /** Properties of a ShipTable. */
            interface $Properties {

                /** ShipTable originId */
                originId?: (number|null);

                /** ShipTable destinationId */
                destinationId?: (number|null);

                /** ShipTable publisher */
                publisher?: (number|null);

                /** ShipTable number */
                number?: (number|null);

                /** ShipTable lane */
                lane?: (number|null);

                /** ShipTable namespace */
                namespace?: (string|null);

                /** ShipTable logId */
                logId?: (number|null);

                /** ShipTable partitions */
                partitions?: (number[]|null);

                /** ShipTable from */
                from?: (number[]|null);

                /** ShipTable span */
                span?: (number[]|null);

                /** ShipTable counts */
                counts?: (number[]|null);

                /** ShipTable bytes */
                bytes?: (number[]|null);

                /** ShipTable chunkPartitions */
                chunkPartitions?: (number[]|null);

                /** ShipTable chunkScans */
                chunkScans?: (number[]|null);

                /** ShipTable chunkNumbers */
                chunkNumbers?: (number[]|null);

                /** ShipTable chunkLast */
                chunkLast?: (boolean[]|null);

                /** ShipTable chunkTo */
                chunkTo?: (number[]|null);

                /** ShipTable chunkRecords */
                chunkRecords?: (number[]|null);

                /** ShipTable chunkBytes */
                chunkBytes?: (number[]|null);

                /** ShipTable chunkChanges */
                chunkChanges?: (number[]|null);

                /** ShipTable chunkBases */
                chunkBases?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShipTable. */
            type $Shape = meridian.bus.ShipTable.$Properties;
        }

        /**
         * Properties of a PositionSection.
         * @deprecated Use meridian.bus.PositionSection.$Properties instead.
         */
        interface IPositionSection extends meridian.bus.PositionSection.$Properties {
        }

        /** Represents a PositionSection. */
        class PositionSection {

            /**
             * Constructs a new PositionSection.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.bus.PositionSection.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PositionSection namespace. */
            namespace: string;

            /** PositionSection logId. */
            logId: number;

            /** PositionSection partitions. */
            partitions: number[];

            /** PositionSection positions. */
            positions: number[];

            /**
             * Creates a new PositionSection instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PositionSection instance
             */
            static create(properties: meridian.bus.PositionSection.$Shape): meridian.bus.PositionSection & meridian.bus.PositionSection.$Shape;
            static create(properties?: meridian.bus.PositionSection.$Properties): meridian.bus.PositionSection;

            /**
             * Encodes the specified PositionSection message. Does not implicitly {@link meridian.bus.PositionSection.verify|verify} messages.
             * @param message PositionSection message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.bus.PositionSection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PositionSection message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.bus.PositionSection & meridian.bus.PositionSection.$Shape} PositionSection
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.bus.PositionSection & meridian.bus.PositionSection.$Shape;
        }

        namespace PositionSection {

            /** Properties of a PositionSection. */
            interface $Properties {

                /** PositionSection namespace */
                namespace?: (string|null);

                /** PositionSection logId */
                logId?: (number|null);

                /** PositionSection partitions */
                partitions?: (number[]|null);

                /** PositionSection positions */
                positions?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PositionSection. */
            type $Shape = meridian.bus.PositionSection.$Properties;
        }

        /**
         * Properties of a Progress.
         * @deprecated Use meridian.bus.Progress.$Properties instead.
         */
        interface IProgress extends meridian.bus.Progress.$Properties {
        }

        /** Represents a Progress. */
        class Progress {

            /**
             * Constructs a new Progress.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.bus.Progress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Progress namespace. */
            namespace: string;

            /** Progress lane. */
            lane: number;

            /** Progress publisher. */
            publisher: number;

            /** Progress received. */
            received: number;

            /** Progress finished. */
            finished: number;

            /**
             * Creates a new Progress instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Progress instance
             */
            static create(properties: meridian.bus.Progress.$Shape): meridian.bus.Progress & meridian.bus.Progress.$Shape;
            static create(properties?: meridian.bus.Progress.$Properties): meridian.bus.Progress;

            /**
             * Encodes the specified Progress message. Does not implicitly {@link meridian.bus.Progress.verify|verify} messages.
             * @param message Progress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.bus.Progress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Progress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.bus.Progress & meridian.bus.Progress.$Shape} Progress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.bus.Progress & meridian.bus.Progress.$Shape;
        }

        namespace Progress {

            /** Properties of a Progress. */
            interface $Properties {

                /** Progress namespace */
                namespace?: (string|null);

                /** Progress lane */
                lane?: (number|null);

                /** Progress publisher */
                publisher?: (number|null);

                /** Progress received */
                received?: (number|null);

                /** Progress finished */
                finished?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Progress. */
            type $Shape = meridian.bus.Progress.$Properties;
        }

        /**
         * Properties of a PositionReport.
         * @deprecated Use meridian.bus.PositionReport.$Properties instead.
         */
        interface IPositionReport extends meridian.bus.PositionReport.$Properties {
        }

        /** Represents a PositionReport. */
        class PositionReport {

            /**
             * Constructs a new PositionReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.bus.PositionReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PositionReport reporter. */
            reporter: number;

            /** PositionReport number. */
            number: number;

            /** PositionReport lanes. */
            lanes: number[];

            /** PositionReport sections. */
            sections: meridian.bus.PositionSection.$Properties[];

            /** PositionReport progress. */
            progress: meridian.bus.Progress.$Properties[];

            /** PositionReport busyLanes. */
            busyLanes: number[];

            /** PositionReport fullPart. */
            fullPart: number;

            /** PositionReport fullParts. */
            fullParts: number;

            /** PositionReport namespaces. */
            namespaces: string[];

            /** PositionReport logIds. */
            logIds: number[];

            /** PositionReport shutOutId. */
            shutOutId: number;

            /** PositionReport shutOutSinceMs. */
            shutOutSinceMs: number;

            /** PositionReport sentAt. */
            sentAt: number;

            /** PositionReport summary. */
            summary: Uint8Array;

            /**
             * Creates a new PositionReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PositionReport instance
             */
            static create(properties: meridian.bus.PositionReport.$Shape): meridian.bus.PositionReport & meridian.bus.PositionReport.$Shape;
            static create(properties?: meridian.bus.PositionReport.$Properties): meridian.bus.PositionReport;

            /**
             * Encodes the specified PositionReport message. Does not implicitly {@link meridian.bus.PositionReport.verify|verify} messages.
             * @param message PositionReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.bus.PositionReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PositionReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.bus.PositionReport & meridian.bus.PositionReport.$Shape} PositionReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.bus.PositionReport & meridian.bus.PositionReport.$Shape;
        }

        namespace PositionReport {

            /** Properties of a PositionReport. */
            interface $Properties {

                /** PositionReport reporter */
                reporter?: (number|null);

                /** PositionReport number */
                number?: (number|null);

                /** PositionReport lanes */
                lanes?: (number[]|null);

                /** PositionReport sections */
                sections?: (meridian.bus.PositionSection.$Properties[]|null);

                /** PositionReport progress */
                progress?: (meridian.bus.Progress.$Properties[]|null);

                /** PositionReport busyLanes */
                busyLanes?: (number[]|null);

                /** PositionReport fullPart */
                fullPart?: (number|null);

                /** PositionReport fullParts */
                fullParts?: (number|null);

                /** PositionReport namespaces */
                namespaces?: (string[]|null);

                /** PositionReport logIds */
                logIds?: (number[]|null);

                /** PositionReport shutOutId */
                shutOutId?: (number|null);

                /** PositionReport shutOutSinceMs */
                shutOutSinceMs?: (number|null);

                /** PositionReport sentAt */
                sentAt?: (number|null);

                /** PositionReport summary */
                summary?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PositionReport. */
            type $Shape = meridian.bus.PositionReport.$Properties;
        }

        /**
         * Properties of a ClockEcho.
         * @deprecated Use meridian.bus.ClockEcho.$Properties instead.
         */
        interface IClockEcho extends meridian.bus.ClockEcho.$Properties {
        }

        /** Represents a ClockEcho. */
        class ClockEcho {

            /**
             * Constructs a new ClockEcho.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.bus.ClockEcho.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClockEcho reporter. */
            reporter: number;

            /** ClockEcho sentAt. */
            sentAt: number;

            /** ClockEcho receivedAt. */
            receivedAt: number;

            /** ClockEcho repliedAt. */
            repliedAt: number;

            /** ClockEcho nodesLeast. */
            nodesLeast: number;

            /** ClockEcho nodesMost. */
            nodesMost: number;

            /** ClockEcho nodesError. */
            nodesError: number;

            /**
             * Creates a new ClockEcho instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClockEcho instance
             */
            static create(properties: meridian.bus.ClockEcho.$Shape): meridian.bus.ClockEcho & meridian.bus.ClockEcho.$Shape;
            static create(properties?: meridian.bus.ClockEcho.$Properties): meridian.bus.ClockEcho;

            /**
             * Encodes the specified ClockEcho message. Does not implicitly {@link meridian.bus.ClockEcho.verify|verify} messages.
             * @param message ClockEcho message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.bus.ClockEcho.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClockEcho message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.bus.ClockEcho & meridian.bus.ClockEcho.$Shape} ClockEcho
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.bus.ClockEcho & meridian.bus.ClockEcho.$Shape;
        }

        namespace ClockEcho {

            /** Properties of a ClockEcho. */
            interface $Properties {

                /** ClockEcho reporter */
                reporter?: (number|null);

                /** ClockEcho sentAt */
                sentAt?: (number|null);

                /** ClockEcho receivedAt */
                receivedAt?: (number|null);

                /** ClockEcho repliedAt */
                repliedAt?: (number|null);

                /** ClockEcho nodesLeast */
                nodesLeast?: (number|null);

                /** ClockEcho nodesMost */
                nodesMost?: (number|null);

                /** ClockEcho nodesError */
                nodesError?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClockEcho. */
            type $Shape = meridian.bus.ClockEcho.$Properties;
        }

        /**
         * Properties of a PositionAsk.
         * @deprecated Use meridian.bus.PositionAsk.$Properties instead.
         */
        interface IPositionAsk extends meridian.bus.PositionAsk.$Properties {
        }

        /** Represents a PositionAsk. */
        class PositionAsk {

            /**
             * Constructs a new PositionAsk.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.bus.PositionAsk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PositionAsk asker. */
            asker: number;

            /** PositionAsk clock. */
            clock?: (meridian.bus.ClockEcho.$Properties|null);

            /**
             * Creates a new PositionAsk instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PositionAsk instance
             */
            static create(properties: meridian.bus.PositionAsk.$Shape): meridian.bus.PositionAsk & meridian.bus.PositionAsk.$Shape;
            static create(properties?: meridian.bus.PositionAsk.$Properties): meridian.bus.PositionAsk;

            /**
             * Encodes the specified PositionAsk message. Does not implicitly {@link meridian.bus.PositionAsk.verify|verify} messages.
             * @param message PositionAsk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.bus.PositionAsk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PositionAsk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.bus.PositionAsk & meridian.bus.PositionAsk.$Shape} PositionAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.bus.PositionAsk & meridian.bus.PositionAsk.$Shape;
        }

        namespace PositionAsk {

            /** Properties of a PositionAsk. */
            interface $Properties {

                /** PositionAsk asker */
                asker?: (number|null);

                /** PositionAsk clock */
                clock?: (meridian.bus.ClockEcho.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PositionAsk. */
            type $Shape = meridian.bus.PositionAsk.$Properties;
        }

        /**
         * Properties of a Presence.
         * @deprecated Use meridian.bus.Presence.$Properties instead.
         */
        interface IPresence extends meridian.bus.Presence.$Properties {
        }

        /** Represents a Presence. */
        class Presence {

            /**
             * Constructs a new Presence.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.bus.Presence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Presence name. */
            name: string;

            /** Presence instance. */
            instance: number;

            /** Presence roles. */
            roles: string[];

            /** Presence leaving. */
            leaving: boolean;

            /** Presence summary. */
            summary: Uint8Array;

            /**
             * Creates a new Presence instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Presence instance
             */
            static create(properties: meridian.bus.Presence.$Shape): meridian.bus.Presence & meridian.bus.Presence.$Shape;
            static create(properties?: meridian.bus.Presence.$Properties): meridian.bus.Presence;

            /**
             * Encodes the specified Presence message. Does not implicitly {@link meridian.bus.Presence.verify|verify} messages.
             * @param message Presence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.bus.Presence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Presence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.bus.Presence & meridian.bus.Presence.$Shape} Presence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.bus.Presence & meridian.bus.Presence.$Shape;
        }

        namespace Presence {

            /** Properties of a Presence. */
            interface $Properties {

                /** Presence name */
                name?: (string|null);

                /** Presence instance */
                instance?: (number|null);

                /** Presence roles */
                roles?: (string[]|null);

                /** Presence leaving */
                leaving?: (boolean|null);

                /** Presence summary */
                summary?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Presence. */
            type $Shape = meridian.bus.Presence.$Properties;
        }
    }
}
