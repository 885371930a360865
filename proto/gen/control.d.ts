import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace meridian. */
export namespace meridian {

    /** Namespace control. */
    namespace control {

        /**
         * Properties of a ClusterMap.
         * @deprecated Use meridian.control.ClusterMap.$Properties instead.
         */
        interface IClusterMap extends meridian.control.ClusterMap.$Properties {
        }

        /** Represents a ClusterMap. */
        class ClusterMap {

            /**
             * Constructs a new ClusterMap.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.ClusterMap.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClusterMap format. */
            format: number;

            /** ClusterMap version. */
            version: number;

            /** ClusterMap clusterId. */
            clusterId: string;

            /** ClusterMap members. */
            members: meridian.control.Member.$Properties[];

            /** ClusterMap namespaces. */
            namespaces: meridian.control.NamespaceMap.$Properties[];

            /** ClusterMap fence. */
            fence?: (meridian.control.Fence.$Properties|null);

            /** ClusterMap shutOuts. */
            shutOuts?: (meridian.control.ShutOuts.$Properties|null);

            /** ClusterMap xdr. */
            xdr?: (meridian.control.XdrOrders.$Properties|null);

            /** ClusterMap feeds. */
            feeds?: (meridian.control.FeedOrders.$Properties|null);

            /**
             * Creates a new ClusterMap instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClusterMap instance
             */
            static create(properties: meridian.control.ClusterMap.$Shape): meridian.control.ClusterMap & meridian.control.ClusterMap.$Shape;
            static create(properties?: meridian.control.ClusterMap.$Properties): meridian.control.ClusterMap;

            /**
             * Encodes the specified ClusterMap message. Does not implicitly {@link meridian.control.ClusterMap.verify|verify} messages.
             * @param message ClusterMap message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.ClusterMap.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClusterMap message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.ClusterMap & meridian.control.ClusterMap.$Shape} ClusterMap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.ClusterMap & meridian.control.ClusterMap.$Shape;
        }

        namespace ClusterMap {

            /** Properties of a ClusterMap. */
            interface $Properties {

                /** ClusterMap format */
                format?: (number|null);

                /** ClusterMap version */
                version?: (number|null);

                /** ClusterMap clusterId */
                clusterId?: (string|null);

                /** ClusterMap members */
                members?: (meridian.control.Member.$Properties[]|null);

                /** ClusterMap namespaces */
                namespaces?: (meridian.control.NamespaceMap.$Properties[]|null);

                /** ClusterMap fence */
                fence?: (meridian.control.Fence.$Properties|null);

                /** ClusterMap shutOuts */
                shutOuts?: (meridian.control.ShutOuts.$Properties|null);

                /** ClusterMap xdr */
                xdr?: (meridian.control.XdrOrders.$Properties|null);

                /** ClusterMap feeds */
                feeds?: (meridian.control.FeedOrders.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClusterMap. */
            type $Shape = meridian.control.ClusterMap.$Properties;
        }

        /**
         * Properties of a FeedOrders.
         * @deprecated Use meridian.control.FeedOrders.$Properties instead.
         */
        interface IFeedOrders extends meridian.control.FeedOrders.$Properties {
        }

        /** Represents a FeedOrders. */
        class FeedOrders {

            /**
             * Constructs a new FeedOrders.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.FeedOrders.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedOrders order. */
            order: number;

            /** FeedOrders feeds. */
            feeds: string[];

            /** FeedOrders consumers. */
            consumers: meridian.control.OrderedConsumer.$Properties[];

            /** FeedOrders removed. */
            removed: string[];

            /**
             * Creates a new FeedOrders instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FeedOrders instance
             */
            static create(properties: meridian.control.FeedOrders.$Shape): meridian.control.FeedOrders & meridian.control.FeedOrders.$Shape;
            static create(properties?: meridian.control.FeedOrders.$Properties): meridian.control.FeedOrders;

            /**
             * Encodes the specified FeedOrders message. Does not implicitly {@link meridian.control.FeedOrders.verify|verify} messages.
             * @param message FeedOrders message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.FeedOrders.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedOrders message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.FeedOrders & meridian.control.FeedOrders.$Shape} FeedOrders
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.FeedOrders & meridian.control.FeedOrders.$Shape;
        }

        namespace FeedOrders {

            /** Properties of a FeedOrders. */
            interface $Properties {

                /** FeedOrders order */
                order?: (number|null);

                /** FeedOrders feeds */
                feeds?: (string[]|null);

                /** FeedOrders consumers */
                consumers?: (meridian.control.OrderedConsumer.$Properties[]|null);

                /** FeedOrders removed */
                removed?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedOrders. */
            type $Shape = meridian.control.FeedOrders.$Properties;
        }

        /**
         * Properties of an OrderedConsumer.
         * @deprecated Use meridian.control.OrderedConsumer.$Properties instead.
         */
        interface IOrderedConsumer extends meridian.control.OrderedConsumer.$Properties {
        }

        /** Represents an OrderedConsumer. */
        class OrderedConsumer {

            /**
             * Constructs a new OrderedConsumer.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.OrderedConsumer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OrderedConsumer feed. */
            feed: string;

            /** OrderedConsumer consumer. */
            consumer: string;

            /** OrderedConsumer since. */
            since: number;

            /**
             * Creates a new OrderedConsumer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns OrderedConsumer instance
             */
            static create(properties: meridian.control.OrderedConsumer.$Shape): meridian.control.OrderedConsumer & meridian.control.OrderedConsumer.$Shape;
            static create(properties?: meridian.control.OrderedConsumer.$Properties): meridian.control.OrderedConsumer;

            /**
             * Encodes the specified OrderedConsumer message. Does not implicitly {@link meridian.control.OrderedConsumer.verify|verify} messages.
             * @param message OrderedConsumer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.OrderedConsumer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OrderedConsumer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.OrderedConsumer & meridian.control.OrderedConsumer.$Shape} OrderedConsumer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.OrderedConsumer & meridian.control.OrderedConsumer.$Shape;
        }

        namespace OrderedConsumer {

            /** Properties of an OrderedConsumer. */
            interface $Properties {

                /** OrderedConsumer feed */
                feed?: (string|null);

                /** OrderedConsumer consumer */
                consumer?: (string|null);

                /** OrderedConsumer since */
                since?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OrderedConsumer. */
            type $Shape = meridian.control.OrderedConsumer.$Properties;
        }

        /**
         * Properties of a XdrOrders.
         * @deprecated Use meridian.control.XdrOrders.$Properties instead.
         */
        interface IXdrOrders extends meridian.control.XdrOrders.$Properties {
        }

        /** Represents a XdrOrders. */
        class XdrOrders {

            /**
             * Constructs a new XdrOrders.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.XdrOrders.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** XdrOrders order. */
            order: number;

            /** XdrOrders settings. */
            settings: meridian.control.XdrSetting.$Properties[];

            /**
             * Creates a new XdrOrders instance using the specified properties.
             * @param [properties] Properties to set
             * @returns XdrOrders instance
             */
            static create(properties: meridian.control.XdrOrders.$Shape): meridian.control.XdrOrders & meridian.control.XdrOrders.$Shape;
            static create(properties?: meridian.control.XdrOrders.$Properties): meridian.control.XdrOrders;

            /**
             * Encodes the specified XdrOrders message. Does not implicitly {@link meridian.control.XdrOrders.verify|verify} messages.
             * @param message XdrOrders message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.XdrOrders.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a XdrOrders message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.XdrOrders & meridian.control.XdrOrders.$Shape} XdrOrders
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.XdrOrders & meridian.control.XdrOrders.$Shape;
        }

        namespace XdrOrders {

            /** Properties of a XdrOrders. */
            interface $Properties {

                /** XdrOrders order */
                order?: (number|null);

                /** XdrOrders settings */
                settings?: (meridian.control.XdrSetting.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a XdrOrders. */
            type $Shape = meridian.control.XdrOrders.$Properties;
        }

        /**
         * Properties of a XdrSetting.
         * @deprecated Use meridian.control.XdrSetting.$Properties instead.
         */
        interface IXdrSetting extends meridian.control.XdrSetting.$Properties {
        }

        /** Represents a XdrSetting. */
        class XdrSetting {

            /**
             * Constructs a new XdrSetting.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.XdrSetting.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** XdrSetting dc. */
            dc: string;

            /** XdrSetting namespace. */
            namespace: string;

            /** XdrSetting name. */
            name: string;

            /** XdrSetting value. */
            value: string;

            /**
             * Creates a new XdrSetting instance using the specified properties.
             * @param [properties] Properties to set
             * @returns XdrSetting instance
             */
            static create(properties: meridian.control.XdrSetting.$Shape): meridian.control.XdrSetting & meridian.control.XdrSetting.$Shape;
            static create(properties?: meridian.control.XdrSetting.$Properties): meridian.control.XdrSetting;

            /**
             * Encodes the specified XdrSetting message. Does not implicitly {@link meridian.control.XdrSetting.verify|verify} messages.
             * @param message XdrSetting message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.XdrSetting.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a XdrSetting message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.XdrSetting & meridian.control.XdrSetting.$Shape} XdrSetting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.XdrSetting & meridian.control.XdrSetting.$Shape;
        }

        namespace XdrSetting {

            /** Properties of a XdrSetting. */
            interface $Properties {

                /** XdrSetting dc */
                dc?: (string|null);

                /** XdrSetting namespace */
                namespace?: (string|null);

                /** XdrSetting name */
                name?: (string|null);

                /** XdrSetting value */
                value?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a XdrSetting. */
            type $Shape = meridian.control.XdrSetting.$Properties;
        }

        /**
         * Properties of a Fence.
         * @deprecated Use meridian.control.Fence.$Properties instead.
         */
        interface IFence extends meridian.control.Fence.$Properties {
        }

        /** Represents a Fence. */
        class Fence {

            /**
             * Constructs a new Fence.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.Fence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Fence order. */
            order: number;

            /** Fence state. */
            state: number;

            /** Fence because. */
            because?: (meridian.control.LossDeclaration.$Properties|null);

            /** Fence admitted. */
            admitted: number[];

            /**
             * Creates a new Fence instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Fence instance
             */
            static create(properties: meridian.control.Fence.$Shape): meridian.control.Fence & meridian.control.Fence.$Shape;
            static create(properties?: meridian.control.Fence.$Properties): meridian.control.Fence;

            /**
             * Encodes the specified Fence message. Does not implicitly {@link meridian.control.Fence.verify|verify} messages.
             * @param message Fence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.Fence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Fence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.Fence & meridian.control.Fence.$Shape} Fence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.Fence & meridian.control.Fence.$Shape;
        }

        namespace Fence {

            /** Properties of a Fence. */
            interface $Properties {

                /** Fence order */
                order?: (number|null);

                /** Fence state */
                state?: (number|null);

                /** Fence because */
                because?: (meridian.control.LossDeclaration.$Properties|null);

                /** Fence admitted */
                admitted?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Fence. */
            type $Shape = meridian.control.Fence.$Properties;
        }

        /**
         * Properties of a LossDeclaration.
         * @deprecated Use meridian.control.LossDeclaration.$Properties instead.
         */
        interface ILossDeclaration extends meridian.control.LossDeclaration.$Properties {
        }

        /** Represents a LossDeclaration. */
        class LossDeclaration {

            /**
             * Constructs a new LossDeclaration.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.LossDeclaration.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LossDeclaration id. */
            id: number;

            /** LossDeclaration sinceMs. */
            sinceMs: number;

            /** LossDeclaration by. */
            by: number;

            /**
             * Creates a new LossDeclaration instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LossDeclaration instance
             */
            static create(properties: meridian.control.LossDeclaration.$Shape): meridian.control.LossDeclaration & meridian.control.LossDeclaration.$Shape;
            static create(properties?: meridian.control.LossDeclaration.$Properties): meridian.control.LossDeclaration;

            /**
             * Encodes the specified LossDeclaration message. Does not implicitly {@link meridian.control.LossDeclaration.verify|verify} messages.
             * @param message LossDeclaration message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.LossDeclaration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LossDeclaration message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.LossDeclaration & meridian.control.LossDeclaration.$Shape} LossDeclaration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.LossDeclaration & meridian.control.LossDeclaration.$Shape;
        }

        namespace LossDeclaration {

            /** Properties of a LossDeclaration. */
            interface $Properties {

                /** LossDeclaration id */
                id?: (number|null);

                /** LossDeclaration sinceMs */
                sinceMs?: (number|null);

                /** LossDeclaration by */
                by?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LossDeclaration. */
            type $Shape = meridian.control.LossDeclaration.$Properties;
        }

        /**
         * Properties of a ShutOuts.
         * @deprecated Use meridian.control.ShutOuts.$Properties instead.
         */
        interface IShutOuts extends meridian.control.ShutOuts.$Properties {
        }

        /** Represents a ShutOuts. */
        class ShutOuts {

            /**
             * Constructs a new ShutOuts.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.ShutOuts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ShutOuts order. */
            order: number;

            /** ShutOuts origins. */
            origins: meridian.control.ShutOut.$Properties[];

            /**
             * Creates a new ShutOuts instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ShutOuts instance
             */
            static create(properties: meridian.control.ShutOuts.$Shape): meridian.control.ShutOuts & meridian.control.ShutOuts.$Shape;
            static create(properties?: meridian.control.ShutOuts.$Properties): meridian.control.ShutOuts;

            /**
             * Encodes the specified ShutOuts message. Does not implicitly {@link meridian.control.ShutOuts.verify|verify} messages.
             * @param message ShutOuts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.ShutOuts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShutOuts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.ShutOuts & meridian.control.ShutOuts.$Shape} ShutOuts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.ShutOuts & meridian.control.ShutOuts.$Shape;
        }

        namespace ShutOuts {

            /** Properties of a ShutOuts. */
            interface $Properties {

                /** ShutOuts order */
                order?: (number|null);

                /** ShutOuts origins */
                origins?: (meridian.control.ShutOut.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShutOuts. */
            type $Shape = meridian.control.ShutOuts.$Properties;
        }

        /**
         * Properties of a ShutOut.
         * @deprecated Use meridian.control.ShutOut.$Properties instead.
         */
        interface IShutOut extends meridian.control.ShutOut.$Properties {
        }

        /** Represents a ShutOut. */
        class ShutOut {

            /**
             * Constructs a new ShutOut.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.ShutOut.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ShutOut sourceId. */
            sourceId: number;

            /** ShutOut id. */
            id: number;

            /** ShutOut sinceMs. */
            sinceMs: number;

            /**
             * Creates a new ShutOut instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ShutOut instance
             */
            static create(properties: meridian.control.ShutOut.$Shape): meridian.control.ShutOut & meridian.control.ShutOut.$Shape;
            static create(properties?: meridian.control.ShutOut.$Properties): meridian.control.ShutOut;

            /**
             * Encodes the specified ShutOut message. Does not implicitly {@link meridian.control.ShutOut.verify|verify} messages.
             * @param message ShutOut message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.ShutOut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShutOut message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.ShutOut & meridian.control.ShutOut.$Shape} ShutOut
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.ShutOut & meridian.control.ShutOut.$Shape;
        }

        namespace ShutOut {

            /** Properties of a ShutOut. */
            interface $Properties {

                /** ShutOut sourceId */
                sourceId?: (number|null);

                /** ShutOut id */
                id?: (number|null);

                /** ShutOut sinceMs */
                sinceMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShutOut. */
            type $Shape = meridian.control.ShutOut.$Properties;
        }

        /**
         * Properties of a Member.
         * @deprecated Use meridian.control.Member.$Properties instead.
         */
        interface IMember extends meridian.control.Member.$Properties {
        }

        /** Represents a Member. */
        class Member {

            /**
             * Constructs a new Member.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.Member.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Member id. */
            id: string;

            /** Member name. */
            name: string;

            /** Member rackId. */
            rackId: number;

            /** Member service. */
            service: string;

            /** Member fabric. */
            fabric: string;

            /** Member admin. */
            admin: string;

            /** Member boot. */
            boot: number;

            /** Member state. */
            state: number;

            /** Member changedAt. */
            changedAt: number;

            /** Member alternate. */
            alternate: string;

            /**
             * Creates a new Member instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Member instance
             */
            static create(properties: meridian.control.Member.$Shape): meridian.control.Member & meridian.control.Member.$Shape;
            static create(properties?: meridian.control.Member.$Properties): meridian.control.Member;

            /**
             * Encodes the specified Member message. Does not implicitly {@link meridian.control.Member.verify|verify} messages.
             * @param message Member message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.Member.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Member message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.Member & meridian.control.Member.$Shape} Member
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.Member & meridian.control.Member.$Shape;
        }

        namespace Member {

            /** Properties of a Member. */
            interface $Properties {

                /** Member id */
                id?: (string|null);

                /** Member name */
                name?: (string|null);

                /** Member rackId */
                rackId?: (number|null);

                /** Member service */
                service?: (string|null);

                /** Member fabric */
                fabric?: (string|null);

                /** Member admin */
                admin?: (string|null);

                /** Member boot */
                boot?: (number|null);

                /** Member state */
                state?: (number|null);

                /** Member changedAt */
                changedAt?: (number|null);

                /** Member alternate */
                alternate?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Member. */
            type $Shape = meridian.control.Member.$Properties;
        }

        /**
         * Properties of a NamespaceMap.
         * @deprecated Use meridian.control.NamespaceMap.$Properties instead.
         */
        interface INamespaceMap extends meridian.control.NamespaceMap.$Properties {
        }

        /** Represents a NamespaceMap. */
        class NamespaceMap {

            /**
             * Constructs a new NamespaceMap.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.NamespaceMap.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamespaceMap name. */
            name: string;

            /** NamespaceMap logId. */
            logId: number;

            /** NamespaceMap placements. */
            placements: number[];

            /** NamespaceMap rows. */
            rows: Uint8Array;

            /** NamespaceMap epochs. */
            epochs: Uint8Array;

            /**
             * Creates a new NamespaceMap instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NamespaceMap instance
             */
            static create(properties: meridian.control.NamespaceMap.$Shape): meridian.control.NamespaceMap & meridian.control.NamespaceMap.$Shape;
            static create(properties?: meridian.control.NamespaceMap.$Properties): meridian.control.NamespaceMap;

            /**
             * Encodes the specified NamespaceMap message. Does not implicitly {@link meridian.control.NamespaceMap.verify|verify} messages.
             * @param message NamespaceMap message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.NamespaceMap.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamespaceMap message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.NamespaceMap & meridian.control.NamespaceMap.$Shape} NamespaceMap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.NamespaceMap & meridian.control.NamespaceMap.$Shape;
        }

        namespace NamespaceMap {

            /** Properties of a NamespaceMap. */
            interface $Properties {

                /** NamespaceMap name */
                name?: (string|null);

                /** NamespaceMap logId */
                logId?: (number|null);

                /** NamespaceMap placements */
                placements?: (number[]|null);

                /** NamespaceMap rows */
                rows?: (Uint8Array|null);

                /** NamespaceMap epochs */
                epochs?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamespaceMap. */
            type $Shape = meridian.control.NamespaceMap.$Properties;
        }

        /**
         * Properties of a Registration.
         * @deprecated Use meridian.control.Registration.$Properties instead.
         */
        interface IRegistration extends meridian.control.Registration.$Properties {
        }

        /** Represents a Registration. */
        class Registration {

            /**
             * Constructs a new Registration.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.Registration.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Registration member. */
            member?: (meridian.control.Member.$Properties|null);

            /** Registration session. */
            session: string;

            /** Registration namespaces. */
            namespaces: string[];

            /** Registration startFenced. */
            startFenced: number;

            /**
             * Creates a new Registration instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Registration instance
             */
            static create(properties: meridian.control.Registration.$Shape): meridian.control.Registration & meridian.control.Registration.$Shape;
            static create(properties?: meridian.control.Registration.$Properties): meridian.control.Registration;

            /**
             * Encodes the specified Registration message. Does not implicitly {@link meridian.control.Registration.verify|verify} messages.
             * @param message Registration message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.Registration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Registration message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.Registration & meridian.control.Registration.$Shape} Registration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.Registration & meridian.control.Registration.$Shape;
        }

        namespace Registration {

            /** Properties of a Registration. */
            interface $Properties {

                /** Registration member */
                member?: (meridian.control.Member.$Properties|null);

                /** Registration session */
                session?: (string|null);

                /** Registration namespaces */
                namespaces?: (string[]|null);

                /** Registration startFenced */
                startFenced?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Registration. */
            type $Shape = meridian.control.Registration.$Properties;
        }

        /**
         * Properties of a Lease.
         * @deprecated Use meridian.control.Lease.$Properties instead.
         */
        interface ILease extends meridian.control.Lease.$Properties {
        }

        /** Represents a Lease. */
        class Lease {

            /**
             * Constructs a new Lease.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.Lease.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Lease holder. */
            holder: string;

            /** Lease session. */
            session: string;

            /** Lease renewal. */
            renewal: number;

            /**
             * Creates a new Lease instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Lease instance
             */
            static create(properties: meridian.control.Lease.$Shape): meridian.control.Lease & meridian.control.Lease.$Shape;
            static create(properties?: meridian.control.Lease.$Properties): meridian.control.Lease;

            /**
             * Encodes the specified Lease message. Does not implicitly {@link meridian.control.Lease.verify|verify} messages.
             * @param message Lease message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.Lease.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Lease message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.Lease & meridian.control.Lease.$Shape} Lease
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.Lease & meridian.control.Lease.$Shape;
        }

        namespace Lease {

            /** Properties of a Lease. */
            interface $Properties {

                /** Lease holder */
                holder?: (string|null);

                /** Lease session */
                session?: (string|null);

                /** Lease renewal */
                renewal?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Lease. */
            type $Shape = meridian.control.Lease.$Properties;
        }

        /**
         * Properties of a Report.
         * @deprecated Use meridian.control.Report.$Properties instead.
         */
        interface IReport extends meridian.control.Report.$Properties {
        }

        /** Represents a Report. */
        class Report {

            /**
             * Constructs a new Report.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.Report.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Report from. */
            from: string;

            /** Report boot. */
            boot: number;

            /** Report leaving. */
            leaving: boolean;

            /** Report stopping. */
            stopping: boolean;

            /** Report mapVersion. */
            mapVersion: number;

            /** Report clusterId. */
            clusterId: string;

            /** Report links. */
            links: meridian.control.Link.$Properties[];

            /**
             * Creates a new Report instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Report instance
             */
            static create(properties: meridian.control.Report.$Shape): meridian.control.Report & meridian.control.Report.$Shape;
            static create(properties?: meridian.control.Report.$Properties): meridian.control.Report;

            /**
             * Encodes the specified Report message. Does not implicitly {@link meridian.control.Report.verify|verify} messages.
             * @param message Report message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.Report.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Report message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.Report & meridian.control.Report.$Shape} Report
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.Report & meridian.control.Report.$Shape;
        }

        namespace Report {

            /** Properties of a Report. */
            interface $Properties {

                /** Report from */
                from?: (string|null);

                /** Report boot */
                boot?: (number|null);

                /** Report leaving */
                leaving?: (boolean|null);

                /** Report stopping */
                stopping?: (boolean|null);

                /** Report mapVersion */
                mapVersion?: (number|null);

                /** Report clusterId */
                clusterId?: (string|null);

                /** Report links */
                links?: (meridian.control.Link.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Report. */
            type $Shape = meridian.control.Report.$Properties;
        }

        /**
         * Properties of a Link.
         * @deprecated Use meridian.control.Link.$Properties instead.
         */
        interface ILink extends meridian.control.Link.$Properties {
        }

        /** Represents a Link. */
        class Link {

            /**
             * Constructs a new Link.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.Link.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Link peer. */
            peer: string;

            /** Link up. */
            up: boolean;

            /** Link refused. */
            refused: boolean;

            /** Link silentMs. */
            silentMs: number;

            /**
             * Creates a new Link instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Link instance
             */
            static create(properties: meridian.control.Link.$Shape): meridian.control.Link & meridian.control.Link.$Shape;
            static create(properties?: meridian.control.Link.$Properties): meridian.control.Link;

            /**
             * Encodes the specified Link message. Does not implicitly {@link meridian.control.Link.verify|verify} messages.
             * @param message Link message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.Link.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Link message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.Link & meridian.control.Link.$Shape} Link
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.Link & meridian.control.Link.$Shape;
        }

        namespace Link {

            /** Properties of a Link. */
            interface $Properties {

                /** Link peer */
                peer?: (string|null);

                /** Link up */
                up?: (boolean|null);

                /** Link refused */
                refused?: (boolean|null);

                /** Link silentMs */
                silentMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Link. */
            type $Shape = meridian.control.Link.$Properties;
        }

        /**
         * Properties of an InSyncAsks.
         * @deprecated Use meridian.control.InSyncAsks.$Properties instead.
         */
        interface IInSyncAsks extends meridian.control.InSyncAsks.$Properties {
        }

        /** Represents an InSyncAsks. */
        class InSyncAsks {

            /**
             * Constructs a new InSyncAsks.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.InSyncAsks.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InSyncAsks from. */
            from: string;

            /** InSyncAsks groups. */
            groups: meridian.control.InSyncGroup.$Properties[];

            /**
             * Creates a new InSyncAsks instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InSyncAsks instance
             */
            static create(properties: meridian.control.InSyncAsks.$Shape): meridian.control.InSyncAsks & meridian.control.InSyncAsks.$Shape;
            static create(properties?: meridian.control.InSyncAsks.$Properties): meridian.control.InSyncAsks;

            /**
             * Encodes the specified InSyncAsks message. Does not implicitly {@link meridian.control.InSyncAsks.verify|verify} messages.
             * @param message InSyncAsks message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.InSyncAsks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InSyncAsks message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.InSyncAsks & meridian.control.InSyncAsks.$Shape} InSyncAsks
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.InSyncAsks & meridian.control.InSyncAsks.$Shape;
        }

        namespace InSyncAsks {

            /** Properties of an InSyncAsks. */
            interface $Properties {

                /** InSyncAsks from */
                from?: (string|null);

                /** InSyncAsks groups */
                groups?: (meridian.control.InSyncGroup.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InSyncAsks. */
            type $Shape = meridian.control.InSyncAsks.$Properties;
        }

        /**
         * Properties of an InSyncGroup.
         * @deprecated Use meridian.control.InSyncGroup.$Properties instead.
         */
        interface IInSyncGroup extends meridian.control.InSyncGroup.$Properties {
        }

        /** Represents an InSyncGroup. */
        class InSyncGroup {

            /**
             * Constructs a new InSyncGroup.
             * @param [properties] Properties to set
             */
            constructor(properties?: meridian.control.InSyncGroup.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InSyncGroup member. */
            member: string;

            /** InSyncGroup remove. */
            remove: boolean;

            /** InSyncGroup mapVersion. */
            mapVersion: number;

            /** InSyncGroup slots. */
            slots: number[];

            /** InSyncGroup epochs. */
            epochs: number[];

            /**
             * Creates a new InSyncGroup instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InSyncGroup instance
             */
            static create(properties: meridian.control.InSyncGroup.$Shape): meridian.control.InSyncGroup & meridian.control.InSyncGroup.$Shape;
            static create(properties?: meridian.control.InSyncGroup.$Properties): meridian.control.InSyncGroup;

            /**
             * Encodes the specified InSyncGroup message. Does not implicitly {@link meridian.control.InSyncGroup.verify|verify} messages.
             * @param message InSyncGroup message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: meridian.control.InSyncGroup.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InSyncGroup message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {meridian.control.InSyncGroup & meridian.control.InSyncGroup.$Shape} InSyncGroup
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): meridian.control.InSyncGroup & meridian.control.InSyncGroup.$Shape;
        }

        namespace InSyncGroup {

            /** Properties of an InSyncGroup. */
            interface $Properties {

                /** InSyncGroup member */
                member?: (string|null);

                /** InSyncGroup remove */
                remove?: (boolean|null);

                /** InSyncGroup mapVersion */
                mapVersion?: (number|null);

                /** InSyncGroup slots */
                slots?: (number[]|null);

                /** InSyncGroup epochs */
                epochs?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InSyncGroup. */
            type $Shape = meridian.control.InSyncGroup.$Properties;
        }
    }
}
