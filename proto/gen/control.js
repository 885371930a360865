/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["control.proto"] || ($protobuf.roots["control.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.control = (function() {

        /**
         * Namespace control.
         * @memberof meridian
         * @namespace
         */
        const control = {};

        control.ClusterMap = (function() {

            /**
             * Properties of a ClusterMap.
             * @typedef {Object} meridian.control.ClusterMap.$Properties
             * @property {number|null} [format] ClusterMap format
             * @property {number|null} [version] ClusterMap version
             * @property {string|null} [clusterId] ClusterMap clusterId
             * @property {Array.<meridian.control.Member.$Properties>|null} [members] ClusterMap members
             * @property {Array.<meridian.control.NamespaceMap.$Properties>|null} [namespaces] ClusterMap namespaces
             * @property {meridian.control.Fence.$Properties|null} [fence] ClusterMap fence
             * @property {meridian.control.ShutOuts.$Properties|null} [shutOuts] ClusterMap shutOuts
             * @property {meridian.control.XdrOrders.$Properties|null} [xdr] ClusterMap xdr
             * @property {meridian.control.FeedOrders.$Properties|null} [feeds] ClusterMap feeds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClusterMap.
             * @memberof meridian.control
             * @interface IClusterMap
             * @augments meridian.control.ClusterMap.$Properties
             * @deprecated Use meridian.control.ClusterMap.$Properties instead.
             */

            /**
             * Shape of a ClusterMap.
             * @typedef {meridian.control.ClusterMap.$Properties} meridian.control.ClusterMap.$Shape
             */

            /**
             * Constructs a new ClusterMap.
             * @memberof meridian.control
             * @classdesc Represents a ClusterMap.
             * @constructor
             * @param {meridian.control.ClusterMap.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClusterMap = function (properties) {
                this.members = [];
                this.namespaces = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClusterMap format.
             * @member {number} format
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.format = 0;

            /**
             * ClusterMap version.
             * @member {number} version
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.version = 0;

            /**
             * ClusterMap clusterId.
             * @member {string} clusterId
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.clusterId = "";

            /**
             * ClusterMap members.
             * @member {Array.<meridian.control.Member.$Properties>} members
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.members = $util.emptyArray;

            /**
             * ClusterMap namespaces.
             * @member {Array.<meridian.control.NamespaceMap.$Properties>} namespaces
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.namespaces = $util.emptyArray;

            /**
             * ClusterMap fence.
             * @member {meridian.control.Fence.$Properties|null|undefined} fence
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.fence = null;

            /**
             * ClusterMap shutOuts.
             * @member {meridian.control.ShutOuts.$Properties|null|undefined} shutOuts
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.shutOuts = null;

            /**
             * ClusterMap xdr.
             * @member {meridian.control.XdrOrders.$Properties|null|undefined} xdr
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.xdr = null;

            /**
             * ClusterMap feeds.
             * @member {meridian.control.FeedOrders.$Properties|null|undefined} feeds
             * @memberof meridian.control.ClusterMap
             * @instance
             */
            ClusterMap.prototype.feeds = null;

            /**
             * Creates a new ClusterMap instance using the specified properties.
             * @function create
             * @memberof meridian.control.ClusterMap
             * @static
             * @param {meridian.control.ClusterMap.$Properties=} [properties] Properties to set
             * @returns {meridian.control.ClusterMap} ClusterMap instance
             * @type {{
             *   (properties: meridian.control.ClusterMap.$Shape): meridian.control.ClusterMap & meridian.control.ClusterMap.$Shape;
             *   (properties?: meridian.control.ClusterMap.$Properties): meridian.control.ClusterMap;
             * }}
             */
            ClusterMap.create = function(properties) {
                return new ClusterMap(properties);
            };

            /**
             * Encodes the specified ClusterMap message. Does not implicitly {@link meridian.control.ClusterMap.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.ClusterMap
             * @static
             * @param {meridian.control.ClusterMap.$Properties} message ClusterMap message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClusterMap.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && !$Object.is(message.version, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.version);
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.clusterId);
                if (message.members != null && message.members.length)
                    for (let i = 0; i < message.members.length; ++i)
                        $root.meridian.control.Member.encode(message.members[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.namespaces != null && message.namespaces.length)
                    for (let i = 0; i < message.namespaces.length; ++i)
                        $root.meridian.control.NamespaceMap.encode(message.namespaces[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.fence != null && $Object.hasOwnProperty.call(message, "fence"))
                    $root.meridian.control.Fence.encode(message.fence, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.shutOuts != null && $Object.hasOwnProperty.call(message, "shutOuts"))
                    $root.meridian.control.ShutOuts.encode(message.shutOuts, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.xdr != null && $Object.hasOwnProperty.call(message, "xdr"))
                    $root.meridian.control.XdrOrders.encode(message.xdr, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.feeds != null && $Object.hasOwnProperty.call(message, "feeds"))
                    $root.meridian.control.FeedOrders.encode(message.feeds, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClusterMap message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.ClusterMap
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.ClusterMap & meridian.control.ClusterMap.$Shape} ClusterMap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClusterMap.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.ClusterMap();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.members && message.members.length))
                                message.members = [];
                            message.members.push($root.meridian.control.Member.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.namespaces && message.namespaces.length))
                                message.namespaces = [];
                            message.namespaces.push($root.meridian.control.NamespaceMap.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.fence = $root.meridian.control.Fence.decode(reader, reader.size(), $undefined, _depth + 1, message.fence);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.shutOuts = $root.meridian.control.ShutOuts.decode(reader, reader.size(), $undefined, _depth + 1, message.shutOuts);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.xdr = $root.meridian.control.XdrOrders.decode(reader, reader.size(), $undefined, _depth + 1, message.xdr);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.feeds = $root.meridian.control.FeedOrders.decode(reader, reader.size(), $undefined, _depth + 1, message.feeds);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ClusterMap;
        })();

        control.FeedOrders = (function() {

            /**
             * Properties of a FeedOrders.
             * @typedef {Object} meridian.control.FeedOrders.$Properties
             * @property {number|null} [order] FeedOrders order
             * @property {Array.<string>|null} [feeds] FeedOrders feeds
             * @property {Array.<meridian.control.OrderedConsumer.$Properties>|null} [consumers] FeedOrders consumers
             * @property {Array.<string>|null} [removed] FeedOrders removed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedOrders.
             * @memberof meridian.control
             * @interface IFeedOrders
             * @augments meridian.control.FeedOrders.$Properties
             * @deprecated Use meridian.control.FeedOrders.$Properties instead.
             */

            /**
             * Shape of a FeedOrders.
             * @typedef {meridian.control.FeedOrders.$Properties} meridian.control.FeedOrders.$Shape
             */

            /**
             * Constructs a new FeedOrders.
             * @memberof meridian.control
             * @classdesc Represents a FeedOrders.
             * @constructor
             * @param {meridian.control.FeedOrders.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedOrders = function (properties) {
                this.feeds = [];
                this.consumers = [];
                this.removed = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedOrders order.
             * @member {number} order
             * @memberof meridian.control.FeedOrders
             * @instance
             */
            FeedOrders.prototype.order = 0;

            /**
             * FeedOrders feeds.
             * @member {Array.<string>} feeds
             * @memberof meridian.control.FeedOrders
             * @instance
             */
            FeedOrders.prototype.feeds = $util.emptyArray;

            /**
             * FeedOrders consumers.
             * @member {Array.<meridian.control.OrderedConsumer.$Properties>} consumers
             * @memberof meridian.control.FeedOrders
             * @instance
             */
            FeedOrders.prototype.consumers = $util.emptyArray;

            /**
             * FeedOrders removed.
             * @member {Array.<string>} removed
             * @memberof meridian.control.FeedOrders
             * @instance
             */
            FeedOrders.prototype.removed = $util.emptyArray;

            /**
             * Creates a new FeedOrders instance using the specified properties.
             * @function create
             * @memberof meridian.control.FeedOrders
             * @static
             * @param {meridian.control.FeedOrders.$Properties=} [properties] Properties to set
             * @returns {meridian.control.FeedOrders} FeedOrders instance
             * @type {{
             *   (properties: meridian.control.FeedOrders.$Shape): meridian.control.FeedOrders & meridian.control.FeedOrders.$Shape;
             *   (properties?: meridian.control.FeedOrders.$Properties): meridian.control.FeedOrders;
             * }}
             */
            FeedOrders.create = function(properties) {
                return new FeedOrders(properties);
            };

            /**
             * Encodes the specified FeedOrders message. Does not implicitly {@link meridian.control.FeedOrders.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.FeedOrders
             * @static
             * @param {meridian.control.FeedOrders.$Properties} message FeedOrders message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedOrders.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.order != null && $Object.hasOwnProperty.call(message, "order") && !$Object.is(message.order, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.order);
                if (message.feeds != null && message.feeds.length)
                    for (let i = 0; i < message.feeds.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.feeds[i]);
                if (message.consumers != null && message.consumers.length)
                    for (let i = 0; i < message.consumers.length; ++i)
                        $root.meridian.control.OrderedConsumer.encode(message.consumers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.removed != null && message.removed.length)
                    for (let i = 0; i < message.removed.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.removed[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedOrders message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.FeedOrders
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.FeedOrders & meridian.control.FeedOrders.$Shape} FeedOrders
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedOrders.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.FeedOrders();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.order = value;
                            else
                                delete message.order;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.feeds && message.feeds.length))
                                message.feeds = [];
                            message.feeds.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.consumers && message.consumers.length))
                                message.consumers = [];
                            message.consumers.push($root.meridian.control.OrderedConsumer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.removed && message.removed.length))
                                message.removed = [];
                            message.removed.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FeedOrders;
        })();

        control.OrderedConsumer = (function() {

            /**
             * Properties of an OrderedConsumer.
             * @typedef {Object} meridian.control.OrderedConsumer.$Properties
             * @property {string|null} [feed] OrderedConsumer feed
             * @property {string|null} [consumer] OrderedConsumer consumer
             * @property {number|null} [since] OrderedConsumer since
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OrderedConsumer.
             * @memberof meridian.control
             * @interface IOrderedConsumer
             * @augments meridian.control.OrderedConsumer.$Properties
             * @deprecated Use meridian.control.OrderedConsumer.$Properties instead.
             */

            /**
             * Shape of an OrderedConsumer.
             * @typedef {meridian.control.OrderedConsumer.$Properties} meridian.control.OrderedConsumer.$Shape
             */

            /**
             * Constructs a new OrderedConsumer.
             * @memberof meridian.control
             * @classdesc Represents an OrderedConsumer.
             * @constructor
             * @param {meridian.control.OrderedConsumer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OrderedConsumer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OrderedConsumer feed.
             * @member {string} feed
             * @memberof meridian.control.OrderedConsumer
             * @instance
             */
            OrderedConsumer.prototype.feed = "";

            /**
             * OrderedConsumer consumer.
             * @member {string} consumer
             * @memberof meridian.control.OrderedConsumer
             * @instance
             */
            OrderedConsumer.prototype.consumer = "";

            /**
             * OrderedConsumer since.
             * @member {number} since
             * @memberof meridian.control.OrderedConsumer
             * @instance
             */
            OrderedConsumer.prototype.since = 0;

            /**
             * Creates a new OrderedConsumer instance using the specified properties.
             * @function create
             * @memberof meridian.control.OrderedConsumer
             * @static
             * @param {meridian.control.OrderedConsumer.$Properties=} [properties] Properties to set
             * @returns {meridian.control.OrderedConsumer} OrderedConsumer instance
             * @type {{
             *   (properties: meridian.control.OrderedConsumer.$Shape): meridian.control.OrderedConsumer & meridian.control.OrderedConsumer.$Shape;
             *   (properties?: meridian.control.OrderedConsumer.$Properties): meridian.control.OrderedConsumer;
             * }}
             */
            OrderedConsumer.create = function(properties) {
                return new OrderedConsumer(properties);
            };

            /**
             * Encodes the specified OrderedConsumer message. Does not implicitly {@link meridian.control.OrderedConsumer.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.OrderedConsumer
             * @static
             * @param {meridian.control.OrderedConsumer.$Properties} message OrderedConsumer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OrderedConsumer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.feed != null && $Object.hasOwnProperty.call(message, "feed") && message.feed !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.feed);
                if (message.consumer != null && $Object.hasOwnProperty.call(message, "consumer") && message.consumer !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.consumer);
                if (message.since != null && $Object.hasOwnProperty.call(message, "since") && !$Object.is(message.since, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.since);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OrderedConsumer message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.OrderedConsumer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.OrderedConsumer & meridian.control.OrderedConsumer.$Shape} OrderedConsumer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OrderedConsumer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.OrderedConsumer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.feed = value;
                            else
                                delete message.feed;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.consumer = value;
                            else
                                delete message.consumer;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.since = value;
                            else
                                delete message.since;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OrderedConsumer;
        })();

        control.XdrOrders = (function() {

            /**
             * Properties of a XdrOrders.
             * @typedef {Object} meridian.control.XdrOrders.$Properties
             * @property {number|null} [order] XdrOrders order
             * @property {Array.<meridian.control.XdrSetting.$Properties>|null} [settings] XdrOrders settings
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a XdrOrders.
             * @memberof meridian.control
             * @interface IXdrOrders
             * @augments meridian.control.XdrOrders.$Properties
             * @deprecated Use meridian.control.XdrOrders.$Properties instead.
             */

            /**
             * Shape of a XdrOrders.
             * @typedef {meridian.control.XdrOrders.$Properties} meridian.control.XdrOrders.$Shape
             */

            /**
             * Constructs a new XdrOrders.
             * @memberof meridian.control
             * @classdesc Represents a XdrOrders.
             * @constructor
             * @param {meridian.control.XdrOrders.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const XdrOrders = function (properties) {
                this.settings = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * XdrOrders order.
             * @member {number} order
             * @memberof meridian.control.XdrOrders
             * @instance
             */
            XdrOrders.prototype.order = 0;

            /**
             * XdrOrders settings.
             * @member {Array.<meridian.control.XdrSetting.$Properties>} settings
             * @memberof meridian.control.XdrOrders
             * @instance
             */
            XdrOrders.prototype.settings = $util.emptyArray;

            /**
             * Creates a new XdrOrders instance using the specified properties.
             * @function create
             * @memberof meridian.control.XdrOrders
             * @static
             * @param {meridian.control.XdrOrders.$Properties=} [properties] Properties to set
             * @returns {meridian.control.XdrOrders} XdrOrders instance
             * @type {{
             *   (properties: meridian.control.XdrOrders.$Shape): meridian.control.XdrOrders & meridian.control.XdrOrders.$Shape;
             *   (properties?: meridian.control.XdrOrders.$Properties): meridian.control.XdrOrders;
             * }}
             */
            XdrOrders.create = function(properties) {
                return new XdrOrders(properties);
            };

            /**
             * Encodes the specified XdrOrders message. Does not implicitly {@link meridian.control.XdrOrders.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.XdrOrders
             * @static
             * @param {meridian.control.XdrOrders.$Properties} message XdrOrders message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            XdrOrders.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.order != null && $Object.hasOwnProperty.call(message, "order") && !$Object.is(message.order, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.order);
                if (message.settings != null && message.settings.length)
                    for (let i = 0; i < message.settings.length; ++i)
                        $root.meridian.control.XdrSetting.encode(message.settings[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a XdrOrders message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.XdrOrders
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.XdrOrders & meridian.control.XdrOrders.$Shape} XdrOrders
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            XdrOrders.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.XdrOrders();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.order = value;
                            else
                                delete message.order;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.settings && message.settings.length))
                                message.settings = [];
                            message.settings.push($root.meridian.control.XdrSetting.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return XdrOrders;
        })();

        control.XdrSetting = (function() {

            /**
             * Properties of a XdrSetting.
             * @typedef {Object} meridian.control.XdrSetting.$Properties
             * @property {string|null} [dc] XdrSetting dc
             * @property {string|null} [namespace] XdrSetting namespace
             * @property {string|null} [name] XdrSetting name
             * @property {string|null} [value] XdrSetting value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a XdrSetting.
             * @memberof meridian.control
             * @interface IXdrSetting
             * @augments meridian.control.XdrSetting.$Properties
             * @deprecated Use meridian.control.XdrSetting.$Properties instead.
             */

            /**
             * Shape of a XdrSetting.
             * @typedef {meridian.control.XdrSetting.$Properties} meridian.control.XdrSetting.$Shape
             */

            /**
             * Constructs a new XdrSetting.
             * @memberof meridian.control
             * @classdesc Represents a XdrSetting.
             * @constructor
             * @param {meridian.control.XdrSetting.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const XdrSetting = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * XdrSetting dc.
             * @member {string} dc
             * @memberof meridian.control.XdrSetting
             * @instance
             */
            XdrSetting.prototype.dc = "";

            /**
             * XdrSetting namespace.
             * @member {string} namespace
             * @memberof meridian.control.XdrSetting
             * @instance
             */
            XdrSetting.prototype.namespace = "";

            /**
             * XdrSetting name.
             * @member {string} name
             * @memberof meridian.control.XdrSetting
             * @instance
             */
            XdrSetting.prototype.name = "";

            /**
             * XdrSetting value.
             * @member {string} value
             * @memberof meridian.control.XdrSetting
             * @instance
             */
            XdrSetting.prototype.value = "";

            /**
             * Creates a new XdrSetting instance using the specified properties.
             * @function create
             * @memberof meridian.control.XdrSetting
             * @static
             * @param {meridian.control.XdrSetting.$Properties=} [properties] Properties to set
             * @returns {meridian.control.XdrSetting} XdrSetting instance
             * @type {{
             *   (properties: meridian.control.XdrSetting.$Shape): meridian.control.XdrSetting & meridian.control.XdrSetting.$Shape;
             *   (properties?: meridian.control.XdrSetting.$Properties): meridian.control.XdrSetting;
             * }}
             */
            XdrSetting.create = function(properties) {
                return new XdrSetting(properties);
            };

            /**
             * Encodes the specified XdrSetting message. Does not implicitly {@link meridian.control.XdrSetting.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.XdrSetting
             * @static
             * @param {meridian.control.XdrSetting.$Properties} message XdrSetting message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            XdrSetting.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dc != null && $Object.hasOwnProperty.call(message, "dc") && message.dc !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.dc);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a XdrSetting message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.XdrSetting
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.XdrSetting & meridian.control.XdrSetting.$Shape} XdrSetting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            XdrSetting.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.XdrSetting();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.dc = value;
                            else
                                delete message.dc;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return XdrSetting;
        })();

        control.Fence = (function() {

            /**
             * Properties of a Fence.
             * @typedef {Object} meridian.control.Fence.$Properties
             * @property {number|null} [order] Fence order
             * @property {number|null} [state] Fence state
             * @property {meridian.control.LossDeclaration.$Properties|null} [because] Fence because
             * @property {Array.<number>|null} [admitted] Fence admitted
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Fence.
             * @memberof meridian.control
             * @interface IFence
             * @augments meridian.control.Fence.$Properties
             * @deprecated Use meridian.control.Fence.$Properties instead.
             */

            /**
             * Shape of a Fence.
             * @typedef {meridian.control.Fence.$Properties} meridian.control.Fence.$Shape
             */

            /**
             * Constructs a new Fence.
             * @memberof meridian.control
             * @classdesc Represents a Fence.
             * @constructor
             * @param {meridian.control.Fence.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Fence = function (properties) {
                this.admitted = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Fence order.
             * @member {number} order
             * @memberof meridian.control.Fence
             * @instance
             */
            Fence.prototype.order = 0;

            /**
             * Fence state.
             * @member {number} state
             * @memberof meridian.control.Fence
             * @instance
             */
            Fence.prototype.state = 0;

            /**
             * Fence because.
             * @member {meridian.control.LossDeclaration.$Properties|null|undefined} because
             * @memberof meridian.control.Fence
             * @instance
             */
            Fence.prototype.because = null;

            /**
             * Fence admitted.
             * @member {Array.<number>} admitted
             * @memberof meridian.control.Fence
             * @instance
             */
            Fence.prototype.admitted = $util.emptyArray;

            /**
             * Creates a new Fence instance using the specified properties.
             * @function create
             * @memberof meridian.control.Fence
             * @static
             * @param {meridian.control.Fence.$Properties=} [properties] Properties to set
             * @returns {meridian.control.Fence} Fence instance
             * @type {{
             *   (properties: meridian.control.Fence.$Shape): meridian.control.Fence & meridian.control.Fence.$Shape;
             *   (properties?: meridian.control.Fence.$Properties): meridian.control.Fence;
             * }}
             */
            Fence.create = function(properties) {
                return new Fence(properties);
            };

            /**
             * Encodes the specified Fence message. Does not implicitly {@link meridian.control.Fence.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.Fence
             * @static
             * @param {meridian.control.Fence.$Properties} message Fence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Fence.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.order != null && $Object.hasOwnProperty.call(message, "order") && !$Object.is(message.order, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.order);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.state);
                if (message.because != null && $Object.hasOwnProperty.call(message, "because"))
                    $root.meridian.control.LossDeclaration.encode(message.because, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.admitted != null && message.admitted.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.admitted);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Fence message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.Fence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.Fence & meridian.control.Fence.$Shape} Fence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Fence.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.Fence();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.order = value;
                            else
                                delete message.order;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.because = $root.meridian.control.LossDeclaration.decode(reader, reader.size(), $undefined, _depth + 1, message.because);
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.admitted && message.admitted.length))
                                    message.admitted = [];
                                reader.doubles(message.admitted);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.admitted && message.admitted.length))
                                message.admitted = [];
                            message.admitted.push(reader.double());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Fence;
        })();

        control.LossDeclaration = (function() {

            /**
             * Properties of a LossDeclaration.
             * @typedef {Object} meridian.control.LossDeclaration.$Properties
             * @property {number|null} [id] LossDeclaration id
             * @property {number|null} [sinceMs] LossDeclaration sinceMs
             * @property {number|null} [by] LossDeclaration by
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LossDeclaration.
             * @memberof meridian.control
             * @interface ILossDeclaration
             * @augments meridian.control.LossDeclaration.$Properties
             * @deprecated Use meridian.control.LossDeclaration.$Properties instead.
             */

            /**
             * Shape of a LossDeclaration.
             * @typedef {meridian.control.LossDeclaration.$Properties} meridian.control.LossDeclaration.$Shape
             */

            /**
             * Constructs a new LossDeclaration.
             * @memberof meridian.control
             * @classdesc Represents a LossDeclaration.
             * @constructor
             * @param {meridian.control.LossDeclaration.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LossDeclaration = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LossDeclaration id.
             * @member {number} id
             * @memberof meridian.control.LossDeclaration
             * @instance
             */
            LossDeclaration.prototype.id = 0;

            /**
             * LossDeclaration sinceMs.
             * @member {number} sinceMs
             * @memberof meridian.control.LossDeclaration
             * @instance
             */
            LossDeclaration.prototype.sinceMs = 0;

            /**
             * LossDeclaration by.
             * @member {number} by
             * @memberof meridian.control.LossDeclaration
             * @instance
             */
            LossDeclaration.prototype.by = 0;

            /**
             * Creates a new LossDeclaration instance using the specified properties.
             * @function create
             * @memberof meridian.control.LossDeclaration
             * @static
             * @param {meridian.control.LossDeclaration.$Properties=} [properties] Properties to set
             * @returns {meridian.control.LossDeclaration} LossDeclaration instance
             * @type {{
             *   (properties: meridian.control.LossDeclaration.$Shape): meridian.control.LossDeclaration & meridian.control.LossDeclaration.$Shape;
             *   (properties?: meridian.control.LossDeclaration.$Properties): meridian.control.LossDeclaration;
             * }}
             */
            LossDeclaration.create = function(properties) {
                return new LossDeclaration(properties);
            };

            /**
             * Encodes the specified LossDeclaration message. Does not implicitly {@link meridian.control.LossDeclaration.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.LossDeclaration
             * @static
             * @param {meridian.control.LossDeclaration.$Properties} message LossDeclaration message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LossDeclaration.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && !$Object.is(message.id, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.id);
                if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs") && !$Object.is(message.sinceMs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.sinceMs);
                if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.by);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LossDeclaration message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.LossDeclaration
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.LossDeclaration & meridian.control.LossDeclaration.$Shape} LossDeclaration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LossDeclaration.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.LossDeclaration();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sinceMs = value;
                            else
                                delete message.sinceMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.by = value;
                            else
                                delete message.by;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LossDeclaration;
        })();

        control.ShutOuts = (function() {

            /**
             * Properties of a ShutOuts.
             * @typedef {Object} meridian.control.ShutOuts.$Properties
             * @property {number|null} [order] ShutOuts order
             * @property {Array.<meridian.control.ShutOut.$Properties>|null} [origins] ShutOuts origins
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ShutOuts.
             * @memberof meridian.control
             * @interface IShutOuts
             * @augments meridian.control.ShutOuts.$Properties
             * @deprecated Use meridian.control.ShutOuts.$Properties instead.
             */

            /**
             * Shape of a ShutOuts.
             * @typedef {meridian.control.ShutOuts.$Properties} meridian.control.ShutOuts.$Shape
             */

            /**
             * Constructs a new ShutOuts.
             * @memberof meridian.control
             * @classdesc Represents a ShutOuts.
             * @constructor
             * @param {meridian.control.ShutOuts.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ShutOuts = function (properties) {
                this.origins = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ShutOuts order.
             * @member {number} order
             * @memberof meridian.control.ShutOuts
             * @instance
             */
            ShutOuts.prototype.order = 0;

            /**
             * ShutOuts origins.
             * @member {Array.<meridian.control.ShutOut.$Properties>} origins
             * @memberof meridian.control.ShutOuts
             * @instance
             */
            ShutOuts.prototype.origins = $util.emptyArray;

            /**
             * Creates a new ShutOuts instance using the specified properties.
             * @function create
             * @memberof meridian.control.ShutOuts
             * @static
             * @param {meridian.control.ShutOuts.$Properties=} [properties] Properties to set
             * @returns {meridian.control.ShutOuts} ShutOuts instance
             * @type {{
             *   (properties: meridian.control.ShutOuts.$Shape): meridian.control.ShutOuts & meridian.control.ShutOuts.$Shape;
             *   (properties?: meridian.control.ShutOuts.$Properties): meridian.control.ShutOuts;
             * }}
             */
            ShutOuts.create = function(properties) {
                return new ShutOuts(properties);
            };

            /**
             * Encodes the specified ShutOuts message. Does not implicitly {@link meridian.control.ShutOuts.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.ShutOuts
             * @static
             * @param {meridian.control.ShutOuts.$Properties} message ShutOuts message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ShutOuts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.order != null && $Object.hasOwnProperty.call(message, "order") && !$Object.is(message.order, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.order);
                if (message.origins != null && message.origins.length)
                    for (let i = 0; i < message.origins.length; ++i)
                        $root.meridian.control.ShutOut.encode(message.origins[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ShutOuts message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.ShutOuts
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.ShutOuts & meridian.control.ShutOuts.$Shape} ShutOuts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ShutOuts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.ShutOuts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.order = value;
                            else
                                delete message.order;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.origins && message.origins.length))
                                message.origins = [];
                            message.origins.push($root.meridian.control.ShutOut.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ShutOuts;
        })();

        control.ShutOut = (function() {

            /**
             * Properties of a ShutOut.
             * @typedef {Object} meridian.control.ShutOut.$Properties
             * @property {number|null} [sourceId] ShutOut sourceId
             * @property {number|null} [id] ShutOut id
             * @property {number|null} [sinceMs] ShutOut sinceMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ShutOut.
             * @memberof meridian.control
             * @interface IShutOut
             * @augments meridian.control.ShutOut.$Properties
             * @deprecated Use meridian.control.ShutOut.$Properties instead.
             */

            /**
             * Shape of a ShutOut.
             * @typedef {meridian.control.ShutOut.$Properties} meridian.control.ShutOut.$Shape
             */

            /**
             * Constructs a new ShutOut.
             * @memberof meridian.control
             * @classdesc Represents a ShutOut.
             * @constructor
             * @param {meridian.control.ShutOut.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ShutOut = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ShutOut sourceId.
             * @member {number} sourceId
             * @memberof meridian.control.ShutOut
             * @instance
             */
            ShutOut.prototype.sourceId = 0;

            /**
             * ShutOut id.
             * @member {number} id
             * @memberof meridian.control.ShutOut
             * @instance
             */
            ShutOut.prototype.id = 0;

            /**
             * ShutOut sinceMs.
             * @member {number} sinceMs
             * @memberof meridian.control.ShutOut
             * @instance
             */
            ShutOut.prototype.sinceMs = 0;

            /**
             * Creates a new ShutOut instance using the specified properties.
             * @function create
             * @memberof meridian.control.ShutOut
             * @static
             * @param {meridian.control.ShutOut.$Properties=} [properties] Properties to set
             * @returns {meridian.control.ShutOut} ShutOut instance
             * @type {{
             *   (properties: meridian.control.ShutOut.$Shape): meridian.control.ShutOut & meridian.control.ShutOut.$Shape;
             *   (properties?: meridian.control.ShutOut.$Properties): meridian.control.ShutOut;
             * }}
             */
            ShutOut.create = function(properties) {
                return new ShutOut(properties);
            };

            /**
             * Encodes the specified ShutOut message. Does not implicitly {@link meridian.control.ShutOut.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.ShutOut
             * @static
             * @param {meridian.control.ShutOut.$Properties} message ShutOut message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ShutOut.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sourceId != null && $Object.hasOwnProperty.call(message, "sourceId") && message.sourceId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.sourceId);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && !$Object.is(message.id, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.id);
                if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs") && !$Object.is(message.sinceMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.sinceMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ShutOut message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.ShutOut
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.ShutOut & meridian.control.ShutOut.$Shape} ShutOut
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ShutOut.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.ShutOut();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourceId = value;
                            else
                                delete message.sourceId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sinceMs = value;
                            else
                                delete message.sinceMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ShutOut;
        })();

        control.Member = (function() {

            /**
             * Properties of a Member.
             * @typedef {Object} meridian.control.Member.$Properties
             * @property {string|null} [id] Member id
             * @property {string|null} [name] Member name
             * @property {number|null} [rackId] Member rackId
             * @property {string|null} [service] Member service
             * @property {string|null} [fabric] Member fabric
             * @property {string|null} [admin] Member admin
             * @property {number|null} [boot] Member boot
             * @property {number|null} [state] Member state
             * @property {number|null} [changedAt] Member changedAt
             * @property {string|null} [alternate] Member alternate
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Member.
             * @memberof meridian.control
             * @interface IMember
             * @augments meridian.control.Member.$Properties
             * @deprecated Use meridian.control.Member.$Properties instead.
             */

            /**
             * Shape of a Member.
             * @typedef {meridian.control.Member.$Properties} meridian.control.Member.$Shape
             */

            /**
             * Constructs a new Member.
             * @memberof meridian.control
             * @classdesc Represents a Member.
             * @constructor
             * @param {meridian.control.Member.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Member = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Member id.
             * @member {string} id
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.id = "";

            /**
             * Member name.
             * @member {string} name
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.name = "";

            /**
             * Member rackId.
             * @member {number} rackId
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.rackId = 0;

            /**
             * Member service.
             * @member {string} service
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.service = "";

            /**
             * Member fabric.
             * @member {string} fabric
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.fabric = "";

            /**
             * Member admin.
             * @member {string} admin
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.admin = "";

            /**
             * Member boot.
             * @member {number} boot
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.boot = 0;

            /**
             * Member state.
             * @member {number} state
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.state = 0;

            /**
             * Member changedAt.
             * @member {number} changedAt
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.changedAt = 0;

            /**
             * Member alternate.
             * @member {string} alternate
             * @memberof meridian.control.Member
             * @instance
             */
            Member.prototype.alternate = "";

            /**
             * Creates a new Member instance using the specified properties.
             * @function create
             * @memberof meridian.control.Member
             * @static
             * @param {meridian.control.Member.$Properties=} [properties] Properties to set
             * @returns {meridian.control.Member} Member instance
             * @type {{
             *   (properties: meridian.control.Member.$Shape): meridian.control.Member & meridian.control.Member.$Shape;
             *   (properties?: meridian.control.Member.$Properties): meridian.control.Member;
             * }}
             */
            Member.create = function(properties) {
                return new Member(properties);
            };

            /**
             * Encodes the specified Member message. Does not implicitly {@link meridian.control.Member.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.Member
             * @static
             * @param {meridian.control.Member.$Properties} message Member message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Member.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.rackId != null && $Object.hasOwnProperty.call(message, "rackId") && message.rackId !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.rackId);
                if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.service);
                if (message.fabric != null && $Object.hasOwnProperty.call(message, "fabric") && message.fabric !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.fabric);
                if (message.admin != null && $Object.hasOwnProperty.call(message, "admin") && message.admin !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.admin);
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot") && message.boot !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.boot);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.state);
                if (message.changedAt != null && $Object.hasOwnProperty.call(message, "changedAt") && !$Object.is(message.changedAt, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.changedAt);
                if (message.alternate != null && $Object.hasOwnProperty.call(message, "alternate") && message.alternate !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.alternate);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Member message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.Member
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.Member & meridian.control.Member.$Shape} Member
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Member.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.Member();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.rackId = value;
                            else
                                delete message.rackId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.service = value;
                            else
                                delete message.service;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.fabric = value;
                            else
                                delete message.fabric;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.admin = value;
                            else
                                delete message.admin;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.boot = value;
                            else
                                delete message.boot;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.changedAt = value;
                            else
                                delete message.changedAt;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.alternate = value;
                            else
                                delete message.alternate;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Member;
        })();

        control.NamespaceMap = (function() {

            /**
             * Properties of a NamespaceMap.
             * @typedef {Object} meridian.control.NamespaceMap.$Properties
             * @property {string|null} [name] NamespaceMap name
             * @property {number|null} [logId] NamespaceMap logId
             * @property {Array.<number>|null} [placements] NamespaceMap placements
             * @property {Uint8Array|null} [rows] NamespaceMap rows
             * @property {Uint8Array|null} [epochs] NamespaceMap epochs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamespaceMap.
             * @memberof meridian.control
             * @interface INamespaceMap
             * @augments meridian.control.NamespaceMap.$Properties
             * @deprecated Use meridian.control.NamespaceMap.$Properties instead.
             */

            /**
             * Shape of a NamespaceMap.
             * @typedef {meridian.control.NamespaceMap.$Properties} meridian.control.NamespaceMap.$Shape
             */

            /**
             * Constructs a new NamespaceMap.
             * @memberof meridian.control
             * @classdesc Represents a NamespaceMap.
             * @constructor
             * @param {meridian.control.NamespaceMap.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamespaceMap = function (properties) {
                this.placements = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamespaceMap name.
             * @member {string} name
             * @memberof meridian.control.NamespaceMap
             * @instance
             */
            NamespaceMap.prototype.name = "";

            /**
             * NamespaceMap logId.
             * @member {number} logId
             * @memberof meridian.control.NamespaceMap
             * @instance
             */
            NamespaceMap.prototype.logId = 0;

            /**
             * NamespaceMap placements.
             * @member {Array.<number>} placements
             * @memberof meridian.control.NamespaceMap
             * @instance
             */
            NamespaceMap.prototype.placements = $util.emptyArray;

            /**
             * NamespaceMap rows.
             * @member {Uint8Array} rows
             * @memberof meridian.control.NamespaceMap
             * @instance
             */
            NamespaceMap.prototype.rows = $util.newBuffer([]);

            /**
             * NamespaceMap epochs.
             * @member {Uint8Array} epochs
             * @memberof meridian.control.NamespaceMap
             * @instance
             */
            NamespaceMap.prototype.epochs = $util.newBuffer([]);

            /**
             * Creates a new NamespaceMap instance using the specified properties.
             * @function create
             * @memberof meridian.control.NamespaceMap
             * @static
             * @param {meridian.control.NamespaceMap.$Properties=} [properties] Properties to set
             * @returns {meridian.control.NamespaceMap} NamespaceMap instance
             * @type {{
             *   (properties: meridian.control.NamespaceMap.$Shape): meridian.control.NamespaceMap & meridian.control.NamespaceMap.$Shape;
             *   (properties?: meridian.control.NamespaceMap.$Properties): meridian.control.NamespaceMap;
             * }}
             */
            NamespaceMap.create = function(properties) {
                return new NamespaceMap(properties);
            };

            /**
             * Encodes the specified NamespaceMap message. Does not implicitly {@link meridian.control.NamespaceMap.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.NamespaceMap
             * @static
             * @param {meridian.control.NamespaceMap.$Properties} message NamespaceMap message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamespaceMap.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.logId != null && $Object.hasOwnProperty.call(message, "logId") && !$Object.is(message.logId, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.logId);
                if (message.placements != null && message.placements.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.placements);
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && message.rows.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.rows);
                if (message.epochs != null && $Object.hasOwnProperty.call(message, "epochs") && message.epochs.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.epochs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamespaceMap message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.NamespaceMap
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.NamespaceMap & meridian.control.NamespaceMap.$Shape} NamespaceMap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamespaceMap.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.NamespaceMap();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.logId = value;
                            else
                                delete message.logId;
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.placements && message.placements.length))
                                    message.placements = [];
                                reader.uint32s(message.placements);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.placements && message.placements.length))
                                message.placements = [];
                            message.placements.push(reader.uint32());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.rows = value;
                            else
                                delete message.rows;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.epochs = value;
                            else
                                delete message.epochs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NamespaceMap;
        })();

        control.Registration = (function() {

            /**
             * Properties of a Registration.
             * @typedef {Object} meridian.control.Registration.$Properties
             * @property {meridian.control.Member.$Properties|null} [member] Registration member
             * @property {string|null} [session] Registration session
             * @property {Array.<string>|null} [namespaces] Registration namespaces
             * @property {number|null} [startFenced] Registration startFenced
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Registration.
             * @memberof meridian.control
             * @interface IRegistration
             * @augments meridian.control.Registration.$Properties
             * @deprecated Use meridian.control.Registration.$Properties instead.
             */

            /**
             * Shape of a Registration.
             * @typedef {meridian.control.Registration.$Properties} meridian.control.Registration.$Shape
             */

            /**
             * Constructs a new Registration.
             * @memberof meridian.control
             * @classdesc Represents a Registration.
             * @constructor
             * @param {meridian.control.Registration.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Registration = function (properties) {
                this.namespaces = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Registration member.
             * @member {meridian.control.Member.$Properties|null|undefined} member
             * @memberof meridian.control.Registration
             * @instance
             */
            Registration.prototype.member = null;

            /**
             * Registration session.
             * @member {string} session
             * @memberof meridian.control.Registration
             * @instance
             */
            Registration.prototype.session = "";

            /**
             * Registration namespaces.
             * @member {Array.<string>} namespaces
             * @memberof meridian.control.Registration
             * @instance
             */
            Registration.prototype.namespaces = $util.emptyArray;

            /**
             * Registration startFenced.
             * @member {number} startFenced
             * @memberof meridian.control.Registration
             * @instance
             */
            Registration.prototype.startFenced = 0;

            /**
             * Creates a new Registration instance using the specified properties.
             * @function create
             * @memberof meridian.control.Registration
             * @static
             * @param {meridian.control.Registration.$Properties=} [properties] Properties to set
             * @returns {meridian.control.Registration} Registration instance
             * @type {{
             *   (properties: meridian.control.Registration.$Shape): meridian.control.Registration & meridian.control.Registration.$Shape;
             *   (properties?: meridian.control.Registration.$Properties): meridian.control.Registration;
             * }}
             */
            Registration.create = function(properties) {
                return new Registration(properties);
            };

            /**
             * Encodes the specified Registration message. Does not implicitly {@link meridian.control.Registration.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.Registration
             * @static
             * @param {meridian.control.Registration.$Properties} message Registration message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Registration.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.member != null && $Object.hasOwnProperty.call(message, "member"))
                    $root.meridian.control.Member.encode(message.member, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.session);
                if (message.namespaces != null && message.namespaces.length)
                    for (let i = 0; i < message.namespaces.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespaces[i]);
                if (message.startFenced != null && $Object.hasOwnProperty.call(message, "startFenced") && message.startFenced !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.startFenced);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Registration message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.Registration
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.Registration & meridian.control.Registration.$Shape} Registration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Registration.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.Registration();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.member = $root.meridian.control.Member.decode(reader, reader.size(), $undefined, _depth + 1, message.member);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.namespaces && message.namespaces.length))
                                message.namespaces = [];
                            message.namespaces.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.startFenced = value;
                            else
                                delete message.startFenced;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Registration;
        })();

        control.Lease = (function() {

            /**
             * Properties of a Lease.
             * @typedef {Object} meridian.control.Lease.$Properties
             * @property {string|null} [holder] Lease holder
             * @property {string|null} [session] Lease session
             * @property {number|null} [renewal] Lease renewal
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Lease.
             * @memberof meridian.control
             * @interface ILease
             * @augments meridian.control.Lease.$Properties
             * @deprecated Use meridian.control.Lease.$Properties instead.
             */

            /**
             * Shape of a Lease.
             * @typedef {meridian.control.Lease.$Properties} meridian.control.Lease.$Shape
             */

            /**
             * Constructs a new Lease.
             * @memberof meridian.control
             * @classdesc Represents a Lease.
             * @constructor
             * @param {meridian.control.Lease.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Lease = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Lease holder.
             * @member {string} holder
             * @memberof meridian.control.Lease
             * @instance
             */
            Lease.prototype.holder = "";

            /**
             * Lease session.
             * @member {string} session
             * @memberof meridian.control.Lease
             * @instance
             */
            Lease.prototype.session = "";

            /**
             * Lease renewal.
             * @member {number} renewal
             * @memberof meridian.control.Lease
             * @instance
             */
            Lease.prototype.renewal = 0;

            /**
             * Creates a new Lease instance using the specified properties.
             * @function create
             * @memberof meridian.control.Lease
             * @static
             * @param {meridian.control.Lease.$Properties=} [properties] Properties to set
             * @returns {meridian.control.Lease} Lease instance
             * @type {{
             *   (properties: meridian.control.Lease.$Shape): meridian.control.Lease & meridian.control.Lease.$Shape;
             *   (properties?: meridian.control.Lease.$Properties): meridian.control.Lease;
             * }}
             */
            Lease.create = function(properties) {
                return new Lease(properties);
            };

            /**
             * Encodes the specified Lease message. Does not implicitly {@link meridian.control.Lease.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.Lease
             * @static
             * @param {meridian.control.Lease.$Properties} message Lease message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Lease.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.holder != null && $Object.hasOwnProperty.call(message, "holder") && message.holder !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.holder);
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.session);
                if (message.renewal != null && $Object.hasOwnProperty.call(message, "renewal") && !$Object.is(message.renewal, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.renewal);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Lease message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.Lease
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.Lease & meridian.control.Lease.$Shape} Lease
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Lease.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.Lease();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.holder = value;
                            else
                                delete message.holder;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.renewal = value;
                            else
                                delete message.renewal;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Lease;
        })();

        control.Report = (function() {

            /**
             * Properties of a Report.
             * @typedef {Object} meridian.control.Report.$Properties
             * @property {string|null} [from] Report from
             * @property {number|null} [boot] Report boot
             * @property {boolean|null} [leaving] Report leaving
             * @property {boolean|null} [stopping] Report stopping
             * @property {number|null} [mapVersion] Report mapVersion
             * @property {string|null} [clusterId] Report clusterId
             * @property {Array.<meridian.control.Link.$Properties>|null} [links] Report links
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Report.
             * @memberof meridian.control
             * @interface IReport
             * @augments meridian.control.Report.$Properties
             * @deprecated Use meridian.control.Report.$Properties instead.
             */

            /**
             * Shape of a Report.
             * @typedef {meridian.control.Report.$Properties} meridian.control.Report.$Shape
             */

            /**
             * Constructs a new Report.
             * @memberof meridian.control
             * @classdesc Represents a Report.
             * @constructor
             * @param {meridian.control.Report.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Report = function (properties) {
                this.links = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Report from.
             * @member {string} from
             * @memberof meridian.control.Report
             * @instance
             */
            Report.prototype.from = "";

            /**
             * Report boot.
             * @member {number} boot
             * @memberof meridian.control.Report
             * @instance
             */
            Report.prototype.boot = 0;

            /**
             * Report leaving.
             * @member {boolean} leaving
             * @memberof meridian.control.Report
             * @instance
             */
            Report.prototype.leaving = false;

            /**
             * Report stopping.
             * @member {boolean} stopping
             * @memberof meridian.control.Report
             * @instance
             */
            Report.prototype.stopping = false;

            /**
             * Report mapVersion.
             * @member {number} mapVersion
             * @memberof meridian.control.Report
             * @instance
             */
            Report.prototype.mapVersion = 0;

            /**
             * Report clusterId.
             * @member {string} clusterId
             * @memberof meridian.control.Report
             * @instance
             */
            Report.prototype.clusterId = "";

            /**
             * Report links.
             * @member {Array.<meridian.control.Link.$Properties>} links
             * @memberof meridian.control.Report
             * @instance
             */
            Report.prototype.links = $util.emptyArray;

            /**
             * Creates a new Report instance using the specified properties.
             * @function create
             * @memberof meridian.control.Report
             * @static
             * @param {meridian.control.Report.$Properties=} [properties] Properties to set
             * @returns {meridian.control.Report} Report instance
             * @type {{
             *   (properties: meridian.control.Report.$Shape): meridian.control.Report & meridian.control.Report.$Shape;
             *   (properties?: meridian.control.Report.$Properties): meridian.control.Report;
             * }}
             */
            Report.create = function(properties) {
                return new Report(properties);
            };

            /**
             * Encodes the specified Report message. Does not implicitly {@link meridian.control.Report.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.Report
             * @static
             * @param {meridian.control.Report.$Properties} message Report message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Report.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.from);
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot") && message.boot !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.boot);
                if (message.leaving != null && $Object.hasOwnProperty.call(message, "leaving") && message.leaving !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.leaving);
                if (message.stopping != null && $Object.hasOwnProperty.call(message, "stopping") && message.stopping !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.stopping);
                if (message.mapVersion != null && $Object.hasOwnProperty.call(message, "mapVersion") && !$Object.is(message.mapVersion, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.mapVersion);
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.clusterId);
                if (message.links != null && message.links.length)
                    for (let i = 0; i < message.links.length; ++i)
                        $root.meridian.control.Link.encode(message.links[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Report message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.Report
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.Report & meridian.control.Report.$Shape} Report
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Report.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.Report();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.from = value;
                            else
                                delete message.from;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.boot = value;
                            else
                                delete message.boot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.leaving = value;
                            else
                                delete message.leaving;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.stopping = value;
                            else
                                delete message.stopping;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.mapVersion = value;
                            else
                                delete message.mapVersion;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.links && message.links.length))
                                message.links = [];
                            message.links.push($root.meridian.control.Link.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Report;
        })();

        control.Link = (function() {

            /**
             * Properties of a Link.
             * @typedef {Object} meridian.control.Link.$Properties
             * @property {string|null} [peer] Link peer
             * @property {boolean|null} [up] Link up
             * @property {boolean|null} [refused] Link refused
             * @property {number|null} [silentMs] Link silentMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Link.
             * @memberof meridian.control
             * @interface ILink
             * @augments meridian.control.Link.$Properties
             * @deprecated Use meridian.control.Link.$Properties instead.
             */

            /**
             * Shape of a Link.
             * @typedef {meridian.control.Link.$Properties} meridian.control.Link.$Shape
             */

            /**
             * Constructs a new Link.
             * @memberof meridian.control
             * @classdesc Represents a Link.
             * @constructor
             * @param {meridian.control.Link.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Link = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Link peer.
             * @member {string} peer
             * @memberof meridian.control.Link
             * @instance
             */
            Link.prototype.peer = "";

            /**
             * Link up.
             * @member {boolean} up
             * @memberof meridian.control.Link
             * @instance
             */
            Link.prototype.up = false;

            /**
             * Link refused.
             * @member {boolean} refused
             * @memberof meridian.control.Link
             * @instance
             */
            Link.prototype.refused = false;

            /**
             * Link silentMs.
             * @member {number} silentMs
             * @memberof meridian.control.Link
             * @instance
             */
            Link.prototype.silentMs = 0;

            /**
             * Creates a new Link instance using the specified properties.
             * @function create
             * @memberof meridian.control.Link
             * @static
             * @param {meridian.control.Link.$Properties=} [properties] Properties to set
             * @returns {meridian.control.Link} Link instance
             * @type {{
             *   (properties: meridian.control.Link.$Shape): meridian.control.Link & meridian.control.Link.$Shape;
             *   (properties?: meridian.control.Link.$Properties): meridian.control.Link;
             * }}
             */
            Link.create = function(properties) {
                return new Link(properties);
            };

            /**
             * Encodes the specified Link message. Does not implicitly {@link meridian.control.Link.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.Link
             * @static
             * @param {meridian.control.Link.$Properties} message Link message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Link.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.peer);
                if (message.up != null && $Object.hasOwnProperty.call(message, "up") && message.up !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.up);
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused") && message.refused !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.refused);
                if (message.silentMs != null && $Object.hasOwnProperty.call(message, "silentMs") && message.silentMs !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.silentMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Link message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.Link
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.Link & meridian.control.Link.$Shape} Link
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Link.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.Link();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.peer = value;
                            else
                                delete message.peer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.up = value;
                            else
                                delete message.up;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.refused = value;
                            else
                                delete message.refused;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.silentMs = value;
                            else
                                delete message.silentMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Link;
        })();

        control.InSyncAsks = (function() {

            /**
             * Properties of an InSyncAsks.
             * @typedef {Object} meridian.control.InSyncAsks.$Properties
             * @property {string|null} [from] InSyncAsks from
             * @property {Array.<meridian.control.InSyncGroup.$Properties>|null} [groups] InSyncAsks groups
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InSyncAsks.
             * @memberof meridian.control
             * @interface IInSyncAsks
             * @augments meridian.control.InSyncAsks.$Properties
             * @deprecated Use meridian.control.InSyncAsks.$Properties instead.
             */

            /**
             * Shape of an InSyncAsks.
             * @typedef {meridian.control.InSyncAsks.$Properties} meridian.control.InSyncAsks.$Shape
             */

            /**
             * Constructs a new InSyncAsks.
             * @memberof meridian.control
             * @classdesc Represents an InSyncAsks.
             * @constructor
             * @param {meridian.control.InSyncAsks.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InSyncAsks = function (properties) {
                this.groups = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * InSyncAsks from.
             * @member {string} from
             * @memberof meridian.control.InSyncAsks
             * @instance
             */
            InSyncAsks.prototype.from = "";

            /**
             * InSyncAsks groups.
             * @member {Array.<meridian.control.InSyncGroup.$Properties>} groups
             * @memberof meridian.control.InSyncAsks
             * @instance
             */
            InSyncAsks.prototype.groups = $util.emptyArray;

            /**
             * Creates a new InSyncAsks instance using the specified properties.
             * @function create
             * @memberof meridian.control.InSyncAsks
             * @static
             * @param {meridian.control.InSyncAsks.$Properties=} [properties] Properties to set
             * @returns {meridian.control.InSyncAsks} InSyncAsks instance
             * @type {{
             *   (properties: meridian.control.InSyncAsks.$Shape): meridian.control.InSyncAsks & meridian.control.InSyncAsks.$Shape;
             *   (properties?: meridian.control.InSyncAsks.$Properties): meridian.control.InSyncAsks;
             * }}
             */
            InSyncAsks.create = function(properties) {
                return new InSyncAsks(properties);
            };

            /**
             * Encodes the specified InSyncAsks message. Does not implicitly {@link meridian.control.InSyncAsks.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.InSyncAsks
             * @static
             * @param {meridian.control.InSyncAsks.$Properties} message InSyncAsks message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InSyncAsks.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.from);
                if (message.groups != null && message.groups.length)
                    for (let i = 0; i < message.groups.length; ++i)
                        $root.meridian.control.InSyncGroup.encode(message.groups[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InSyncAsks message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.InSyncAsks
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.InSyncAsks & meridian.control.InSyncAsks.$Shape} InSyncAsks
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InSyncAsks.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.InSyncAsks();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.from = value;
                            else
                                delete message.from;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.groups && message.groups.length))
                                message.groups = [];
                            message.groups.push($root.meridian.control.InSyncGroup.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InSyncAsks;
        })();

        control.InSyncGroup = (function() {

            /**
             * Properties of an InSyncGroup.
             * @typedef {Object} meridian.control.InSyncGroup.$Properties
             * @property {string|null} [member] InSyncGroup member
             * @property {boolean|null} [remove] InSyncGroup remove
             * @property {number|null} [mapVersion] InSyncGroup mapVersion
             * @property {Array.<number>|null} [slots] InSyncGroup slots
             * @property {Array.<number>|null} [epochs] InSyncGroup epochs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InSyncGroup.
             * @memberof meridian.control
             * @interface IInSyncGroup
             * @augments meridian.control.InSyncGroup.$Properties
             * @deprecated Use meridian.control.InSyncGroup.$Properties instead.
             */

            /**
             * Shape of an InSyncGroup.
             * @typedef {meridian.control.InSyncGroup.$Properties} meridian.control.InSyncGroup.$Shape
             */

            /**
             * Constructs a new InSyncGroup.
             * @memberof meridian.control
             * @classdesc Represents an InSyncGroup.
             * @constructor
             * @param {meridian.control.InSyncGroup.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InSyncGroup = function (properties) {
                this.slots = [];
                this.epochs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * InSyncGroup member.
             * @member {string} member
             * @memberof meridian.control.InSyncGroup
             * @instance
             */
            InSyncGroup.prototype.member = "";

            /**
             * InSyncGroup remove.
             * @member {boolean} remove
             * @memberof meridian.control.InSyncGroup
             * @instance
             */
            InSyncGroup.prototype.remove = false;

            /**
             * InSyncGroup mapVersion.
             * @member {number} mapVersion
             * @memberof meridian.control.InSyncGroup
             * @instance
             */
            InSyncGroup.prototype.mapVersion = 0;

            /**
             * InSyncGroup slots.
             * @member {Array.<number>} slots
             * @memberof meridian.control.InSyncGroup
             * @instance
             */
            InSyncGroup.prototype.slots = $util.emptyArray;

            /**
             * InSyncGroup epochs.
             * @member {Array.<number>} epochs
             * @memberof meridian.control.InSyncGroup
             * @instance
             */
            InSyncGroup.prototype.epochs = $util.emptyArray;

            /**
             * Creates a new InSyncGroup instance using the specified properties.
             * @function create
             * @memberof meridian.control.InSyncGroup
             * @static
             * @param {meridian.control.InSyncGroup.$Properties=} [properties] Properties to set
             * @returns {meridian.control.InSyncGroup} InSyncGroup instance
             * @type {{
             *   (properties: meridian.control.InSyncGroup.$Shape): meridian.control.InSyncGroup & meridian.control.InSyncGroup.$Shape;
             *   (properties?: meridian.control.InSyncGroup.$Properties): meridian.control.InSyncGroup;
             * }}
             */
            InSyncGroup.create = function(properties) {
                return new InSyncGroup(properties);
            };

            /**
             * Encodes the specified InSyncGroup message. Does not implicitly {@link meridian.control.InSyncGroup.verify|verify} messages.
             * @function encode
             * @memberof meridian.control.InSyncGroup
             * @static
             * @param {meridian.control.InSyncGroup.$Properties} message InSyncGroup message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InSyncGroup.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.member != null && $Object.hasOwnProperty.call(message, "member") && message.member !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.member);
                if (message.remove != null && $Object.hasOwnProperty.call(message, "remove") && message.remove !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.remove);
                if (message.mapVersion != null && $Object.hasOwnProperty.call(message, "mapVersion") && !$Object.is(message.mapVersion, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.mapVersion);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.slots);
                if (message.epochs != null && message.epochs.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.epochs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InSyncGroup message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.control.InSyncGroup
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.control.InSyncGroup & meridian.control.InSyncGroup.$Shape} InSyncGroup
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InSyncGroup.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.control.InSyncGroup();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.member = value;
                            else
                                delete message.member;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.remove = value;
                            else
                                delete message.remove;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.mapVersion = value;
                            else
                                delete message.mapVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.slots && message.slots.length))
                                    message.slots = [];
                                reader.uint32s(message.slots);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.slots && message.slots.length))
                                message.slots = [];
                            message.slots.push(reader.uint32());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.epochs && message.epochs.length))
                                    message.epochs = [];
                                reader.uint32s(message.epochs);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.epochs && message.epochs.length))
                                message.epochs = [];
                            message.epochs.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InSyncGroup;
        })();

        return control;
    })();

    return meridian;
})();

export {
  $root as default
};
