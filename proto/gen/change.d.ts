import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace change. */
    namespace change {

        /**
         * Properties of a Change.
         * @deprecated Use meridian.change.Change.$Properties instead.
         */
        interface IChange extends meridian.change.Change.$Properties {
        }

        /** Represents a Change. */
        class Change {

            /**
             * Constructs a new Change.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.Change.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Change msg. */
            msg: string;

            /** Change namespace. */
            namespace: string;

            /** Change set. */
            set: string;

            /** Change digest. */
            digest: Uint8Array;

            /** Change userKey. */
            userKey?: (meridian.change.Value.$Properties|null);

            /** Change generation. */
            generation: number;

            /** Change lastUpdateMs. */
            lastUpdateMs: (number|Long);

            /** Change expiry. */
            expiry: (number|Long);

            /** Change durable. */
            durable: boolean;

            /** Change operation. */
            operation: string;

            /** Change outcome. */
            outcome: string;

            /** Change origin. */
            origin: string;

            /** Change changed. */
            changed: string[];

            /** Change position. */
            position?: (meridian.change.Position.$Properties|null);

            /** Change again. */
            again: boolean;

            /** Change tooLarge. */
            tooLarge: boolean;

            /** Change bins. */
            bins: meridian.change.Bin.$Properties[];

            /** Change before. */
            before?: (meridian.change.Before.$Properties|null);

            /**
             * Creates a new Change instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Change instance
             */
            static create(properties: meridian.change.Change.$Shape): meridian.change.Change & meridian.change.Change.$Shape;
            static create(properties?: meridian.change.Change.$Properties): meridian.change.Change;

            /**
             * Encodes the specified Change message. Does not implicitly {@link meridian.change.Change.verify|verify} messages.
             * @param message Change message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.Change.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Change message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.Change & meridian.change.Change.$Shape} Change
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.Change & meridian.change.Change.$Shape;
        }

        namespace Change {

            /** Properties of a Change. */
            interface $Properties {

                /** Change msg */
                msg?: (string|null);

                /** Change namespace */
                namespace?: (string|null);

                /** Change set */
                set?: (string|null);

                /** Change digest */
                digest?: (Uint8Array|null);

                /** Change userKey */
                userKey?: (meridian.change.Value.$Properties|null);

                /** Change generation */
                generation?: (number|null);

                /** Change lastUpdateMs */
                lastUpdateMs?: (number|Long|null);

                /** Change expiry */
                expiry?: (number|Long|null);

                /** Change durable */
                durable?: (boolean|null);

                /** Change operation */
                operation?: (string|null);

                /** Change outcome */
                outcome?: (string|null);

                /** Change origin */
                origin?: (string|null);

                /** Change changed */
                changed?: (string[]|null);

                /** Change position */
                position?: (meridian.change.Position.$Properties|null);

                /** Change again */
                again?: (boolean|null);

                /** Change tooLarge */
                tooLarge?: (boolean|null);

                /** Change bins */
                bins?: (meridian.change.Bin.$Properties[]|null);

                /** Change before */
                before?: (meridian.change.Before.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Change. */
            type $Shape = {
              msg?: string|null;
              namespace?: string|null;
              set?: string|null;
              digest?: Uint8Array|null;
              userKey?: meridian.change.Value.$Shape|null;
              generation?: number|null;
              lastUpdateMs?: number|Long|null;
              expiry?: number|Long|null;
              durable?: boolean|null;
              operation?: string|null;
              outcome?: string|null;
              origin?: string|null;
              changed?: string[]|null;
              position?: meridian.change.Position.$Shape|null;
              again?: boolean|null;
              tooLarge?: boolean|null;
              bins?: meridian.change.Bin.$Shape[]|null;
              before?: meridian.change.Before.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Before.
         * @deprecated Use meridian.change.Before.$Properties instead.
         */
        interface IBefore extends meridian.change.Before.$Properties {
        }

        /** Represents a Before. */
        class Before {

            /**
             * Constructs a new Before.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.Before.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Before none. */
            none: boolean;

            /** Before tooLarge. */
            tooLarge: boolean;

            /** Before generation. */
            generation: number;

            /** Before lastUpdateMs. */
            lastUpdateMs: (number|Long);

            /** Before expiry. */
            expiry: (number|Long);

            /** Before bins. */
            bins: meridian.change.Bin.$Properties[];

            /**
             * Creates a new Before instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Before instance
             */
            static create(properties: meridian.change.Before.$Shape): meridian.change.Before & meridian.change.Before.$Shape;
            static create(properties?: meridian.change.Before.$Properties): meridian.change.Before;

            /**
             * Encodes the specified Before message. Does not implicitly {@link meridian.change.Before.verify|verify} messages.
             * @param message Before message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.Before.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Before message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.Before & meridian.change.Before.$Shape} Before
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.Before & meridian.change.Before.$Shape;
        }

        namespace Before {

            /** Properties of a Before. */
            interface $Properties {

                /** Before none */
                none?: (boolean|null);

                /** Before tooLarge */
                tooLarge?: (boolean|null);

                /** Before generation */
                generation?: (number|null);

                /** Before lastUpdateMs */
                lastUpdateMs?: (number|Long|null);

                /** Before expiry */
                expiry?: (number|Long|null);

                /** Before bins */
                bins?: (meridian.change.Bin.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Before. */
            type $Shape = {
              none?: boolean|null;
              tooLarge?: boolean|null;
              generation?: number|null;
              lastUpdateMs?: number|Long|null;
              expiry?: number|Long|null;
              bins?: meridian.change.Bin.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Position.
         * @deprecated Use meridian.change.Position.$Properties instead.
         */
        interface IPosition extends meridian.change.Position.$Properties {
        }

        /** Represents a Position. */
        class Position {

            /**
             * Constructs a new Position.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.Position.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Position log. */
            log: (number|Long);

            /** Position partition. */
            partition: number;

            /** Position from. */
            from: (number|Long);

            /** Position sequence. */
            sequence: (number|Long);

            /** Position originLog. */
            originLog: (number|Long);

            /** Position originSequence. */
            originSequence: (number|Long);

            /**
             * Creates a new Position instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Position instance
             */
            static create(properties: meridian.change.Position.$Shape): meridian.change.Position & meridian.change.Position.$Shape;
            static create(properties?: meridian.change.Position.$Properties): meridian.change.Position;

            /**
             * Encodes the specified Position message. Does not implicitly {@link meridian.change.Position.verify|verify} messages.
             * @param message Position message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.Position.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Position message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.Position & meridian.change.Position.$Shape} Position
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.Position & meridian.change.Position.$Shape;
        }

        namespace Position {

            /** Properties of a Position. */
            interface $Properties {

                /** Position log */
                log?: (number|Long|null);

                /** Position partition */
                partition?: (number|null);

                /** Position from */
                from?: (number|Long|null);

                /** Position sequence */
                sequence?: (number|Long|null);

                /** Position originLog */
                originLog?: (number|Long|null);

                /** Position originSequence */
                originSequence?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Position. */
            type $Shape = meridian.change.Position.$Properties;
        }

        /**
         * Properties of a Bin.
         * @deprecated Use meridian.change.Bin.$Properties instead.
         */
        interface IBin extends meridian.change.Bin.$Properties {
        }

        /** Represents a Bin. */
        class Bin {

            /**
             * Constructs a new Bin.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.Bin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Bin name. */
            name: string;

            /** Bin value. */
            value?: (meridian.change.Value.$Properties|null);

            /**
             * Creates a new Bin instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Bin instance
             */
            static create(properties: meridian.change.Bin.$Shape): meridian.change.Bin & meridian.change.Bin.$Shape;
            static create(properties?: meridian.change.Bin.$Properties): meridian.change.Bin;

            /**
             * Encodes the specified Bin message. Does not implicitly {@link meridian.change.Bin.verify|verify} messages.
             * @param message Bin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.Bin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Bin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.Bin & meridian.change.Bin.$Shape} Bin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.Bin & meridian.change.Bin.$Shape;
        }

        namespace Bin {

            /** Properties of a Bin. */
            interface $Properties {

                /** Bin name */
                name?: (string|null);

                /** Bin value */
                value?: (meridian.change.Value.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Bin. */
            type $Shape = {
              name?: string|null;
              value?: meridian.change.Value.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Value.
         * @deprecated Use meridian.change.Value.$Properties instead.
         */
        interface IValue extends meridian.change.Value.$Properties {
        }

        /** Represents a Value. */
        class Value {

            /**
             * Constructs a new Value.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.Value.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Value int. */
            int?: (number|Long|null);

            /** Value float. */
            float?: (number|null);

            /** Value str. */
            str?: (string|null);

            /** Value blob. */
            blob?: (Uint8Array|null);

            /** Value bool. */
            bool?: (boolean|null);

            /** Value hll. */
            hll?: (Uint8Array|null);

            /** Value geojson. */
            geojson?: (string|null);

            /** Value list. */
            list?: (meridian.change.List.$Properties|null);

            /** Value map. */
            map?: (meridian.change.Map.$Properties|null);

            /** Value kind. */
            kind?: ("int"|"float"|"str"|"blob"|"bool"|"hll"|"geojson"|"list"|"map");

            /**
             * Creates a new Value instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Value instance
             */
            static create(properties: meridian.change.Value.$Shape): meridian.change.Value & meridian.change.Value.$Shape;
            static create(properties?: meridian.change.Value.$Properties): meridian.change.Value;

            /**
             * Encodes the specified Value message. Does not implicitly {@link meridian.change.Value.verify|verify} messages.
             * @param message Value message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.Value.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Value message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.Value & meridian.change.Value.$Shape} Value
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.Value & meridian.change.Value.$Shape;
        }

        namespace Value {

            /** Properties of a Value. */
            interface $Properties {

                /** Value int */
                int?: (number|Long|null);

                /** Value float */
                float?: (number|null);

                /** Value str */
                str?: (string|null);

                /** Value blob */
                blob?: (Uint8Array|null);

                /** Value bool */
                bool?: (boolean|null);

                /** Value hll */
                hll?: (Uint8Array|null);

                /** Value geojson */
                geojson?: (string|null);

                /** Value list */
                list?: (meridian.change.List.$Properties|null);

                /** Value map */
                map?: (meridian.change.Map.$Properties|null);

                /** Value kind */
                kind?: ("int"|"float"|"str"|"blob"|"bool"|"hll"|"geojson"|"list"|"map");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Value. */
            type $Shape = {
              int?: number|Long|null;
              float?: number|null;
              str?: string|null;
              blob?: Uint8Array|null;
              bool?: boolean|null;
              hll?: Uint8Array|null;
              geojson?: string|null;
              list?: meridian.change.List.$Shape|null;
              map?: meridian.change.Map.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "int"; int: number|Long; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "float"; int?: null; float: number; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "str"; int?: null; float?: null; str: string; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "blob"; int?: null; float?: null; str?: null; blob: Uint8Array; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "bool"; int?: null; float?: null; str?: null; blob?: null; bool: boolean; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "hll"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll: Uint8Array; geojson?: null; list?: null; map?: null }|{ kind?: "geojson"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson: string; list?: null; map?: null }|{ kind?: "list"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list: meridian.change.List.$Shape; map?: null }|{ kind?: "map"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map: meridian.change.Map.$Shape })
            );
        }

        /**
         * Properties of a List.
         * @deprecated Use meridian.change.List.$Properties instead.
         */
        interface IList extends meridian.change.List.$Properties {
        }

        /** Represents a List. */
        class List {

            /**
             * Constructs a new List.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.List.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** List values. */
            values: meridian.change.Value.$Properties[];

            /**
             * Creates a new List instance using the specified properties.
             * @param [properties] Properties to set
             * @returns List instance
             */
            static create(properties: meridian.change.List.$Shape): meridian.change.List & meridian.change.List.$Shape;
            static create(properties?: meridian.change.List.$Properties): meridian.change.List;

            /**
             * Encodes the specified List message. Does not implicitly {@link meridian.change.List.verify|verify} messages.
             * @param message List message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.List.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a List message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.List & meridian.change.List.$Shape} List
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.List & meridian.change.List.$Shape;
        }

        namespace List {

            /** Properties of a List. */
            interface $Properties {

                /** List values */
                values?: (meridian.change.Value.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a List. */
            type $Shape = {
              values?: meridian.change.Value.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Map.
         * @deprecated Use meridian.change.Map.$Properties instead.
         */
        interface IMap extends meridian.change.Map.$Properties {
        }

        /** Represents a Map. */
        class Map {

            /**
             * Constructs a new Map.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.Map.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Map entries. */
            entries: meridian.change.MapEntry.$Properties[];

            /**
             * Creates a new Map instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Map instance
             */
            static create(properties: meridian.change.Map.$Shape): meridian.change.Map & meridian.change.Map.$Shape;
            static create(properties?: meridian.change.Map.$Properties): meridian.change.Map;

            /**
             * Encodes the specified Map message. Does not implicitly {@link meridian.change.Map.verify|verify} messages.
             * @param message Map message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.Map.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Map message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.Map & meridian.change.Map.$Shape} Map
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.Map & meridian.change.Map.$Shape;
        }

        namespace Map {

            /** Properties of a Map. */
            interface $Properties {

                /** Map entries */
                entries?: (meridian.change.MapEntry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Map. */
            type $Shape = {
              entries?: meridian.change.MapEntry.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a MapEntry.
         * @deprecated Use meridian.change.MapEntry.$Properties instead.
         */
        interface IMapEntry extends meridian.change.MapEntry.$Properties {
        }

        /** Represents a MapEntry. */
        class MapEntry {

            /**
             * Constructs a new MapEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.change.MapEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MapEntry key. */
            key?: (meridian.change.Value.$Properties|null);

            /** MapEntry value. */
            value?: (meridian.change.Value.$Properties|null);

            /**
             * Creates a new MapEntry instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MapEntry instance
             */
            static create(properties: meridian.change.MapEntry.$Shape): meridian.change.MapEntry & meridian.change.MapEntry.$Shape;
            static create(properties?: meridian.change.MapEntry.$Properties): meridian.change.MapEntry;

            /**
             * Encodes the specified MapEntry message. Does not implicitly {@link meridian.change.MapEntry.verify|verify} messages.
             * @param message MapEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.change.MapEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MapEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.change.MapEntry & meridian.change.MapEntry.$Shape} MapEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.change.MapEntry & meridian.change.MapEntry.$Shape;
        }

        namespace MapEntry {

            /** Properties of a MapEntry. */
            interface $Properties {

                /** MapEntry key */
                key?: (meridian.change.Value.$Properties|null);

                /** MapEntry value */
                value?: (meridian.change.Value.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MapEntry. */
            type $Shape = {
              key?: meridian.change.Value.$Shape|null;
              value?: meridian.change.Value.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }
    }
}
