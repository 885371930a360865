/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["peer.proto"] || ($protobuf.roots["peer.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.peer = (function() {

        /**
         * Namespace peer.
         * @memberof meridian
         * @namespace
         */
        const peer = {};

        peer.Beacon = (function() {

            /**
             * Properties of a Beacon.
             * @typedef {Object} meridian.peer.Beacon.$Properties
             * @property {number|null} [sentAt] Beacon sentAt
             * @property {number|null} [mapVersion] Beacon mapVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Beacon.
             * @memberof meridian.peer
             * @interface IBeacon
             * @augments meridian.peer.Beacon.$Properties
             * @deprecated Use meridian.peer.Beacon.$Properties instead.
             */

            /**
             * Shape of a Beacon.
             * @typedef {meridian.peer.Beacon.$Properties} meridian.peer.Beacon.$Shape
             */

            /**
             * Constructs a new Beacon.
             * @memberof meridian.peer
             * @classdesc Represents a Beacon.
             * @constructor
             * @param {meridian.peer.Beacon.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Beacon = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Beacon sentAt.
             * @member {number} sentAt
             * @memberof meridian.peer.Beacon
             * @instance
             */
            Beacon.prototype.sentAt = 0;

            /**
             * Beacon mapVersion.
             * @member {number} mapVersion
             * @memberof meridian.peer.Beacon
             * @instance
             */
            Beacon.prototype.mapVersion = 0;

            /**
             * Creates a new Beacon instance using the specified properties.
             * @function create
             * @memberof meridian.peer.Beacon
             * @static
             * @param {meridian.peer.Beacon.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.Beacon} Beacon instance
             * @type {{
             *   (properties: meridian.peer.Beacon.$Shape): meridian.peer.Beacon & meridian.peer.Beacon.$Shape;
             *   (properties?: meridian.peer.Beacon.$Properties): meridian.peer.Beacon;
             * }}
             */
            Beacon.create = function(properties) {
                return new Beacon(properties);
            };

            /**
             * Encodes the specified Beacon message. Does not implicitly {@link meridian.peer.Beacon.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.Beacon
             * @static
             * @param {meridian.peer.Beacon.$Properties} message Beacon message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Beacon.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt") && !$Object.is(message.sentAt, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.sentAt);
                if (message.mapVersion != null && $Object.hasOwnProperty.call(message, "mapVersion") && !$Object.is(message.mapVersion, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.mapVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Beacon message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.Beacon
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.Beacon & meridian.peer.Beacon.$Shape} Beacon
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Beacon.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.Beacon();
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
                                message.sentAt = value;
                            else
                                delete message.sentAt;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.mapVersion = value;
                            else
                                delete message.mapVersion;
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

            return Beacon;
        })();

        peer.BeaconReply = (function() {

            /**
             * Properties of a BeaconReply.
             * @typedef {Object} meridian.peer.BeaconReply.$Properties
             * @property {number|null} [sentAt] BeaconReply sentAt
             * @property {number|null} [mapVersion] BeaconReply mapVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BeaconReply.
             * @memberof meridian.peer
             * @interface IBeaconReply
             * @augments meridian.peer.BeaconReply.$Properties
             * @deprecated Use meridian.peer.BeaconReply.$Properties instead.
             */

            /**
             * Shape of a BeaconReply.
             * @typedef {meridian.peer.BeaconReply.$Properties} meridian.peer.BeaconReply.$Shape
             */

            /**
             * Constructs a new BeaconReply.
             * @memberof meridian.peer
             * @classdesc Represents a BeaconReply.
             * @constructor
             * @param {meridian.peer.BeaconReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BeaconReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BeaconReply sentAt.
             * @member {number} sentAt
             * @memberof meridian.peer.BeaconReply
             * @instance
             */
            BeaconReply.prototype.sentAt = 0;

            /**
             * BeaconReply mapVersion.
             * @member {number} mapVersion
             * @memberof meridian.peer.BeaconReply
             * @instance
             */
            BeaconReply.prototype.mapVersion = 0;

            /**
             * Creates a new BeaconReply instance using the specified properties.
             * @function create
             * @memberof meridian.peer.BeaconReply
             * @static
             * @param {meridian.peer.BeaconReply.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.BeaconReply} BeaconReply instance
             * @type {{
             *   (properties: meridian.peer.BeaconReply.$Shape): meridian.peer.BeaconReply & meridian.peer.BeaconReply.$Shape;
             *   (properties?: meridian.peer.BeaconReply.$Properties): meridian.peer.BeaconReply;
             * }}
             */
            BeaconReply.create = function(properties) {
                return new BeaconReply(properties);
            };

            /**
             * Encodes the specified BeaconReply message. Does not implicitly {@link meridian.peer.BeaconReply.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.BeaconReply
             * @static
             * @param {meridian.peer.BeaconReply.$Properties} message BeaconReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BeaconReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt") && !$Object.is(message.sentAt, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.sentAt);
                if (message.mapVersion != null && $Object.hasOwnProperty.call(message, "mapVersion") && !$Object.is(message.mapVersion, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.mapVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BeaconReply message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.BeaconReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.BeaconReply & meridian.peer.BeaconReply.$Shape} BeaconReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BeaconReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.BeaconReply();
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
                                message.sentAt = value;
                            else
                                delete message.sentAt;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.mapVersion = value;
                            else
                                delete message.mapVersion;
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

            return BeaconReply;
        })();

        peer.Append = (function() {

            /**
             * Properties of an Append.
             * @typedef {Object} meridian.peer.Append.$Properties
             * @property {number|null} [frameId] Append frameId
             * @property {Array.<number>|null} [slots] Append slots
             * @property {Array.<number>|null} [epochs] Append epochs
             * @property {Array.<number>|null} [firsts] Append firsts
             * @property {Array.<number>|null} [counts] Append counts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Append.
             * @memberof meridian.peer
             * @interface IAppend
             * @augments meridian.peer.Append.$Properties
             * @deprecated Use meridian.peer.Append.$Properties instead.
             */

            /**
             * Shape of an Append.
             * @typedef {meridian.peer.Append.$Properties} meridian.peer.Append.$Shape
             */

            /**
             * Constructs a new Append.
             * @memberof meridian.peer
             * @classdesc Represents an Append.
             * @constructor
             * @param {meridian.peer.Append.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Append = function (properties) {
                this.slots = [];
                this.epochs = [];
                this.firsts = [];
                this.counts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Append frameId.
             * @member {number} frameId
             * @memberof meridian.peer.Append
             * @instance
             */
            Append.prototype.frameId = 0;

            /**
             * Append slots.
             * @member {Array.<number>} slots
             * @memberof meridian.peer.Append
             * @instance
             */
            Append.prototype.slots = $util.emptyArray;

            /**
             * Append epochs.
             * @member {Array.<number>} epochs
             * @memberof meridian.peer.Append
             * @instance
             */
            Append.prototype.epochs = $util.emptyArray;

            /**
             * Append firsts.
             * @member {Array.<number>} firsts
             * @memberof meridian.peer.Append
             * @instance
             */
            Append.prototype.firsts = $util.emptyArray;

            /**
             * Append counts.
             * @member {Array.<number>} counts
             * @memberof meridian.peer.Append
             * @instance
             */
            Append.prototype.counts = $util.emptyArray;

            /**
             * Creates a new Append instance using the specified properties.
             * @function create
             * @memberof meridian.peer.Append
             * @static
             * @param {meridian.peer.Append.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.Append} Append instance
             * @type {{
             *   (properties: meridian.peer.Append.$Shape): meridian.peer.Append & meridian.peer.Append.$Shape;
             *   (properties?: meridian.peer.Append.$Properties): meridian.peer.Append;
             * }}
             */
            Append.create = function(properties) {
                return new Append(properties);
            };

            /**
             * Encodes the specified Append message. Does not implicitly {@link meridian.peer.Append.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.Append
             * @static
             * @param {meridian.peer.Append.$Properties} message Append message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Append.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.frameId != null && $Object.hasOwnProperty.call(message, "frameId") && message.frameId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.frameId);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.slots);
                if (message.epochs != null && message.epochs.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.epochs);
                if (message.firsts != null && message.firsts.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.firsts);
                if (message.counts != null && message.counts.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.counts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Append message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.Append
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.Append & meridian.peer.Append.$Shape} Append
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Append.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.Append();
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
                                message.frameId = value;
                            else
                                delete message.frameId;
                            continue;
                        }
                    case 2: {
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
                    case 3: {
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
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.firsts && message.firsts.length))
                                    message.firsts = [];
                                reader.doubles(message.firsts);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.firsts && message.firsts.length))
                                message.firsts = [];
                            message.firsts.push(reader.double());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.counts && message.counts.length))
                                    message.counts = [];
                                reader.uint32s(message.counts);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.counts && message.counts.length))
                                message.counts = [];
                            message.counts.push(reader.uint32());
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

            return Append;
        })();

        peer.AppendAck = (function() {

            /**
             * Properties of an AppendAck.
             * @typedef {Object} meridian.peer.AppendAck.$Properties
             * @property {number|null} [frameId] AppendAck frameId
             * @property {Array.<number>|null} [rejectedFrames] AppendAck rejectedFrames
             * @property {Array.<number>|null} [rejectedSlots] AppendAck rejectedSlots
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AppendAck.
             * @memberof meridian.peer
             * @interface IAppendAck
             * @augments meridian.peer.AppendAck.$Properties
             * @deprecated Use meridian.peer.AppendAck.$Properties instead.
             */

            /**
             * Shape of an AppendAck.
             * @typedef {meridian.peer.AppendAck.$Properties} meridian.peer.AppendAck.$Shape
             */

            /**
             * Constructs a new AppendAck.
             * @memberof meridian.peer
             * @classdesc Represents an AppendAck.
             * @constructor
             * @param {meridian.peer.AppendAck.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AppendAck = function (properties) {
                this.rejectedFrames = [];
                this.rejectedSlots = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AppendAck frameId.
             * @member {number} frameId
             * @memberof meridian.peer.AppendAck
             * @instance
             */
            AppendAck.prototype.frameId = 0;

            /**
             * AppendAck rejectedFrames.
             * @member {Array.<number>} rejectedFrames
             * @memberof meridian.peer.AppendAck
             * @instance
             */
            AppendAck.prototype.rejectedFrames = $util.emptyArray;

            /**
             * AppendAck rejectedSlots.
             * @member {Array.<number>} rejectedSlots
             * @memberof meridian.peer.AppendAck
             * @instance
             */
            AppendAck.prototype.rejectedSlots = $util.emptyArray;

            /**
             * Creates a new AppendAck instance using the specified properties.
             * @function create
             * @memberof meridian.peer.AppendAck
             * @static
             * @param {meridian.peer.AppendAck.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.AppendAck} AppendAck instance
             * @type {{
             *   (properties: meridian.peer.AppendAck.$Shape): meridian.peer.AppendAck & meridian.peer.AppendAck.$Shape;
             *   (properties?: meridian.peer.AppendAck.$Properties): meridian.peer.AppendAck;
             * }}
             */
            AppendAck.create = function(properties) {
                return new AppendAck(properties);
            };

            /**
             * Encodes the specified AppendAck message. Does not implicitly {@link meridian.peer.AppendAck.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.AppendAck
             * @static
             * @param {meridian.peer.AppendAck.$Properties} message AppendAck message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AppendAck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.frameId != null && $Object.hasOwnProperty.call(message, "frameId") && message.frameId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.frameId);
                if (message.rejectedFrames != null && message.rejectedFrames.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.rejectedFrames);
                if (message.rejectedSlots != null && message.rejectedSlots.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.rejectedSlots);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AppendAck message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.AppendAck
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.AppendAck & meridian.peer.AppendAck.$Shape} AppendAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AppendAck.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.AppendAck();
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
                                message.frameId = value;
                            else
                                delete message.frameId;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.rejectedFrames && message.rejectedFrames.length))
                                    message.rejectedFrames = [];
                                reader.uint32s(message.rejectedFrames);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.rejectedFrames && message.rejectedFrames.length))
                                message.rejectedFrames = [];
                            message.rejectedFrames.push(reader.uint32());
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.rejectedSlots && message.rejectedSlots.length))
                                    message.rejectedSlots = [];
                                reader.uint32s(message.rejectedSlots);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.rejectedSlots && message.rejectedSlots.length))
                                message.rejectedSlots = [];
                            message.rejectedSlots.push(reader.uint32());
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

            return AppendAck;
        })();

        peer.Join = (function() {

            /**
             * Properties of a Join.
             * @typedef {Object} meridian.peer.Join.$Properties
             * @property {Array.<meridian.peer.Join.Row.$Properties>|null} [rows] Join rows
             * @property {number|null} [mapVersion] Join mapVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Join.
             * @memberof meridian.peer
             * @interface IJoin
             * @augments meridian.peer.Join.$Properties
             * @deprecated Use meridian.peer.Join.$Properties instead.
             */

            /**
             * Shape of a Join.
             * @typedef {meridian.peer.Join.$Properties} meridian.peer.Join.$Shape
             */

            /**
             * Constructs a new Join.
             * @memberof meridian.peer
             * @classdesc Represents a Join.
             * @constructor
             * @param {meridian.peer.Join.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Join = function (properties) {
                this.rows = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Join rows.
             * @member {Array.<meridian.peer.Join.Row.$Properties>} rows
             * @memberof meridian.peer.Join
             * @instance
             */
            Join.prototype.rows = $util.emptyArray;

            /**
             * Join mapVersion.
             * @member {number} mapVersion
             * @memberof meridian.peer.Join
             * @instance
             */
            Join.prototype.mapVersion = 0;

            /**
             * Creates a new Join instance using the specified properties.
             * @function create
             * @memberof meridian.peer.Join
             * @static
             * @param {meridian.peer.Join.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.Join} Join instance
             * @type {{
             *   (properties: meridian.peer.Join.$Shape): meridian.peer.Join & meridian.peer.Join.$Shape;
             *   (properties?: meridian.peer.Join.$Properties): meridian.peer.Join;
             * }}
             */
            Join.create = function(properties) {
                return new Join(properties);
            };

            /**
             * Encodes the specified Join message. Does not implicitly {@link meridian.peer.Join.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.Join
             * @static
             * @param {meridian.peer.Join.$Properties} message Join message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Join.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rows != null && message.rows.length)
                    for (let i = 0; i < message.rows.length; ++i)
                        $root.meridian.peer.Join.Row.encode(message.rows[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.mapVersion != null && $Object.hasOwnProperty.call(message, "mapVersion") && !$Object.is(message.mapVersion, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.mapVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Join message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.Join
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.Join & meridian.peer.Join.$Shape} Join
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Join.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.Join();
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
                            if (!(message.rows && message.rows.length))
                                message.rows = [];
                            message.rows.push($root.meridian.peer.Join.Row.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.mapVersion = value;
                            else
                                delete message.mapVersion;
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

            Join.Row = (function() {

                /**
                 * Properties of a Row.
                 * @typedef {Object} meridian.peer.Join.Row.$Properties
                 * @property {number|null} [slot] Row slot
                 * @property {number|null} [epoch] Row epoch
                 * @property {number|null} [last] Row last
                 * @property {Array.<number>|null} [historyEpochs] Row historyEpochs
                 * @property {Array.<number>|null} [historyFirsts] Row historyFirsts
                 * @property {number|null} [attempt] Row attempt
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Row.
                 * @memberof meridian.peer.Join
                 * @interface IRow
                 * @augments meridian.peer.Join.Row.$Properties
                 * @deprecated Use meridian.peer.Join.Row.$Properties instead.
                 */

                /**
                 * Shape of a Row.
                 * @typedef {meridian.peer.Join.Row.$Properties} meridian.peer.Join.Row.$Shape
                 */

                /**
                 * Constructs a new Row.
                 * @memberof meridian.peer.Join
                 * @classdesc Represents a Row.
                 * @constructor
                 * @param {meridian.peer.Join.Row.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Row = function (properties) {
                    this.historyEpochs = [];
                    this.historyFirsts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Row slot.
                 * @member {number} slot
                 * @memberof meridian.peer.Join.Row
                 * @instance
                 */
                Row.prototype.slot = 0;

                /**
                 * Row epoch.
                 * @member {number} epoch
                 * @memberof meridian.peer.Join.Row
                 * @instance
                 */
                Row.prototype.epoch = 0;

                /**
                 * Row last.
                 * @member {number} last
                 * @memberof meridian.peer.Join.Row
                 * @instance
                 */
                Row.prototype.last = 0;

                /**
                 * Row historyEpochs.
                 * @member {Array.<number>} historyEpochs
                 * @memberof meridian.peer.Join.Row
                 * @instance
                 */
                Row.prototype.historyEpochs = $util.emptyArray;

                /**
                 * Row historyFirsts.
                 * @member {Array.<number>} historyFirsts
                 * @memberof meridian.peer.Join.Row
                 * @instance
                 */
                Row.prototype.historyFirsts = $util.emptyArray;

                /**
                 * Row attempt.
                 * @member {number} attempt
                 * @memberof meridian.peer.Join.Row
                 * @instance
                 */
                Row.prototype.attempt = 0;

                /**
                 * Creates a new Row instance using the specified properties.
                 * @function create
                 * @memberof meridian.peer.Join.Row
                 * @static
                 * @param {meridian.peer.Join.Row.$Properties=} [properties] Properties to set
                 * @returns {meridian.peer.Join.Row} Row instance
                 * @type {{
                 *   (properties: meridian.peer.Join.Row.$Shape): meridian.peer.Join.Row & meridian.peer.Join.Row.$Shape;
                 *   (properties?: meridian.peer.Join.Row.$Properties): meridian.peer.Join.Row;
                 * }}
                 */
                Row.create = function(properties) {
                    return new Row(properties);
                };

                /**
                 * Encodes the specified Row message. Does not implicitly {@link meridian.peer.Join.Row.verify|verify} messages.
                 * @function encode
                 * @memberof meridian.peer.Join.Row
                 * @static
                 * @param {meridian.peer.Join.Row.$Properties} message Row message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Row.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
                    if (message.last != null && $Object.hasOwnProperty.call(message, "last") && !$Object.is(message.last, 0))
                        writer.uint32(/* id 3, wireType 1 =*/25).double(message.last);
                    if (message.historyEpochs != null && message.historyEpochs.length)
                        writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.historyEpochs);
                    if (message.historyFirsts != null && message.historyFirsts.length)
                        writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.historyFirsts);
                    if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.attempt);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Row message from the specified reader or buffer.
                 * @function decode
                 * @memberof meridian.peer.Join.Row
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {meridian.peer.Join.Row & meridian.peer.Join.Row.$Shape} Row
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Row.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.meridian.peer.Join.Row();
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
                                    message.slot = value;
                                else
                                    delete message.slot;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.last = value;
                                else
                                    delete message.last;
                                continue;
                            }
                        case 4: {
                                if (wireType === 2) {
                                    if (!(message.historyEpochs && message.historyEpochs.length))
                                        message.historyEpochs = [];
                                    reader.uint32s(message.historyEpochs);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.historyEpochs && message.historyEpochs.length))
                                    message.historyEpochs = [];
                                message.historyEpochs.push(reader.uint32());
                                continue;
                            }
                        case 5: {
                                if (wireType === 2) {
                                    if (!(message.historyFirsts && message.historyFirsts.length))
                                        message.historyFirsts = [];
                                    reader.doubles(message.historyFirsts);
                                    continue;
                                }
                                if (wireType !== 1)
                                    break;
                                if (!(message.historyFirsts && message.historyFirsts.length))
                                    message.historyFirsts = [];
                                message.historyFirsts.push(reader.double());
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.attempt = value;
                                else
                                    delete message.attempt;
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

                return Row;
            })();

            return Join;
        })();

        peer.JoinAnswer = (function() {

            /**
             * Properties of a JoinAnswer.
             * @typedef {Object} meridian.peer.JoinAnswer.$Properties
             * @property {number|null} [slot] JoinAnswer slot
             * @property {number|null} [epoch] JoinAnswer epoch
             * @property {string|null} [mode] JoinAnswer mode
             * @property {number|null} [truncateTo] JoinAnswer truncateTo
             * @property {number|null} [attempt] JoinAnswer attempt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JoinAnswer.
             * @memberof meridian.peer
             * @interface IJoinAnswer
             * @augments meridian.peer.JoinAnswer.$Properties
             * @deprecated Use meridian.peer.JoinAnswer.$Properties instead.
             */

            /**
             * Shape of a JoinAnswer.
             * @typedef {meridian.peer.JoinAnswer.$Properties} meridian.peer.JoinAnswer.$Shape
             */

            /**
             * Constructs a new JoinAnswer.
             * @memberof meridian.peer
             * @classdesc Represents a JoinAnswer.
             * @constructor
             * @param {meridian.peer.JoinAnswer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JoinAnswer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JoinAnswer slot.
             * @member {number} slot
             * @memberof meridian.peer.JoinAnswer
             * @instance
             */
            JoinAnswer.prototype.slot = 0;

            /**
             * JoinAnswer epoch.
             * @member {number} epoch
             * @memberof meridian.peer.JoinAnswer
             * @instance
             */
            JoinAnswer.prototype.epoch = 0;

            /**
             * JoinAnswer mode.
             * @member {string} mode
             * @memberof meridian.peer.JoinAnswer
             * @instance
             */
            JoinAnswer.prototype.mode = "";

            /**
             * JoinAnswer truncateTo.
             * @member {number} truncateTo
             * @memberof meridian.peer.JoinAnswer
             * @instance
             */
            JoinAnswer.prototype.truncateTo = 0;

            /**
             * JoinAnswer attempt.
             * @member {number} attempt
             * @memberof meridian.peer.JoinAnswer
             * @instance
             */
            JoinAnswer.prototype.attempt = 0;

            /**
             * Creates a new JoinAnswer instance using the specified properties.
             * @function create
             * @memberof meridian.peer.JoinAnswer
             * @static
             * @param {meridian.peer.JoinAnswer.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.JoinAnswer} JoinAnswer instance
             * @type {{
             *   (properties: meridian.peer.JoinAnswer.$Shape): meridian.peer.JoinAnswer & meridian.peer.JoinAnswer.$Shape;
             *   (properties?: meridian.peer.JoinAnswer.$Properties): meridian.peer.JoinAnswer;
             * }}
             */
            JoinAnswer.create = function(properties) {
                return new JoinAnswer(properties);
            };

            /**
             * Encodes the specified JoinAnswer message. Does not implicitly {@link meridian.peer.JoinAnswer.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.JoinAnswer
             * @static
             * @param {meridian.peer.JoinAnswer.$Properties} message JoinAnswer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JoinAnswer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.mode);
                if (message.truncateTo != null && $Object.hasOwnProperty.call(message, "truncateTo") && !$Object.is(message.truncateTo, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.truncateTo);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.attempt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JoinAnswer message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.JoinAnswer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.JoinAnswer & meridian.peer.JoinAnswer.$Shape} JoinAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JoinAnswer.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.JoinAnswer();
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
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.truncateTo = value;
                            else
                                delete message.truncateTo;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
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

            return JoinAnswer;
        })();

        peer.SnapshotPull = (function() {

            /**
             * Properties of a SnapshotPull.
             * @typedef {Object} meridian.peer.SnapshotPull.$Properties
             * @property {number|null} [slot] SnapshotPull slot
             * @property {number|null} [epoch] SnapshotPull epoch
             * @property {number|null} [cursor] SnapshotPull cursor
             * @property {number|null} [requestId] SnapshotPull requestId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SnapshotPull.
             * @memberof meridian.peer
             * @interface ISnapshotPull
             * @augments meridian.peer.SnapshotPull.$Properties
             * @deprecated Use meridian.peer.SnapshotPull.$Properties instead.
             */

            /**
             * Shape of a SnapshotPull.
             * @typedef {meridian.peer.SnapshotPull.$Properties} meridian.peer.SnapshotPull.$Shape
             */

            /**
             * Constructs a new SnapshotPull.
             * @memberof meridian.peer
             * @classdesc Represents a SnapshotPull.
             * @constructor
             * @param {meridian.peer.SnapshotPull.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SnapshotPull = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SnapshotPull slot.
             * @member {number} slot
             * @memberof meridian.peer.SnapshotPull
             * @instance
             */
            SnapshotPull.prototype.slot = 0;

            /**
             * SnapshotPull epoch.
             * @member {number} epoch
             * @memberof meridian.peer.SnapshotPull
             * @instance
             */
            SnapshotPull.prototype.epoch = 0;

            /**
             * SnapshotPull cursor.
             * @member {number} cursor
             * @memberof meridian.peer.SnapshotPull
             * @instance
             */
            SnapshotPull.prototype.cursor = 0;

            /**
             * SnapshotPull requestId.
             * @member {number} requestId
             * @memberof meridian.peer.SnapshotPull
             * @instance
             */
            SnapshotPull.prototype.requestId = 0;

            /**
             * Creates a new SnapshotPull instance using the specified properties.
             * @function create
             * @memberof meridian.peer.SnapshotPull
             * @static
             * @param {meridian.peer.SnapshotPull.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.SnapshotPull} SnapshotPull instance
             * @type {{
             *   (properties: meridian.peer.SnapshotPull.$Shape): meridian.peer.SnapshotPull & meridian.peer.SnapshotPull.$Shape;
             *   (properties?: meridian.peer.SnapshotPull.$Properties): meridian.peer.SnapshotPull;
             * }}
             */
            SnapshotPull.create = function(properties) {
                return new SnapshotPull(properties);
            };

            /**
             * Encodes the specified SnapshotPull message. Does not implicitly {@link meridian.peer.SnapshotPull.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.SnapshotPull
             * @static
             * @param {meridian.peer.SnapshotPull.$Properties} message SnapshotPull message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SnapshotPull.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
                if (message.cursor != null && $Object.hasOwnProperty.call(message, "cursor") && message.cursor !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.cursor);
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.requestId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SnapshotPull message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.SnapshotPull
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.SnapshotPull & meridian.peer.SnapshotPull.$Shape} SnapshotPull
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SnapshotPull.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.SnapshotPull();
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
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cursor = value;
                            else
                                delete message.cursor;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
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

            return SnapshotPull;
        })();

        peer.SnapshotChunk = (function() {

            /**
             * Properties of a SnapshotChunk.
             * @typedef {Object} meridian.peer.SnapshotChunk.$Properties
             * @property {number|null} [slot] SnapshotChunk slot
             * @property {number|null} [epoch] SnapshotChunk epoch
             * @property {number|null} [cursor] SnapshotChunk cursor
             * @property {boolean|null} [last] SnapshotChunk last
             * @property {string|null} [failure] SnapshotChunk failure
             * @property {number|null} [sequence] SnapshotChunk sequence
             * @property {Array.<number>|null} [historyEpochs] SnapshotChunk historyEpochs
             * @property {Array.<number>|null} [historyFirsts] SnapshotChunk historyFirsts
             * @property {Array.<number>|null} [appliedOrigins] SnapshotChunk appliedOrigins
             * @property {Array.<number>|null} [appliedLogIds] SnapshotChunk appliedLogIds
             * @property {Array.<number>|null} [appliedSequences] SnapshotChunk appliedSequences
             * @property {number|null} [requestId] SnapshotChunk requestId
             * @property {Array.<number>|null} [ledgers] SnapshotChunk ledgers
             * @property {number|null} [changes] SnapshotChunk changes
             * @property {number|null} [conflicts] SnapshotChunk conflicts
             * @property {Array.<Uint8Array>|null} [notes] SnapshotChunk notes
             * @property {Array.<number>|null} [filtered] SnapshotChunk filtered
             * @property {Array.<number>|null} [forwarded] SnapshotChunk forwarded
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SnapshotChunk.
             * @memberof meridian.peer
             * @interface ISnapshotChunk
             * @augments meridian.peer.SnapshotChunk.$Properties
             * @deprecated Use meridian.peer.SnapshotChunk.$Properties instead.
             */

            /**
             * Shape of a SnapshotChunk.
             * @typedef {meridian.peer.SnapshotChunk.$Properties} meridian.peer.SnapshotChunk.$Shape
             */

            /**
             * Constructs a new SnapshotChunk.
             * @memberof meridian.peer
             * @classdesc Represents a SnapshotChunk.
             * @constructor
             * @param {meridian.peer.SnapshotChunk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SnapshotChunk = function (properties) {
                this.historyEpochs = [];
                this.historyFirsts = [];
                this.appliedOrigins = [];
                this.appliedLogIds = [];
                this.appliedSequences = [];
                this.ledgers = [];
                this.notes = [];
                this.filtered = [];
                this.forwarded = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SnapshotChunk slot.
             * @member {number} slot
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.slot = 0;

            /**
             * SnapshotChunk epoch.
             * @member {number} epoch
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.epoch = 0;

            /**
             * SnapshotChunk cursor.
             * @member {number} cursor
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.cursor = 0;

            /**
             * SnapshotChunk last.
             * @member {boolean} last
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.last = false;

            /**
             * SnapshotChunk failure.
             * @member {string} failure
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.failure = "";

            /**
             * SnapshotChunk sequence.
             * @member {number} sequence
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.sequence = 0;

            /**
             * SnapshotChunk historyEpochs.
             * @member {Array.<number>} historyEpochs
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.historyEpochs = $util.emptyArray;

            /**
             * SnapshotChunk historyFirsts.
             * @member {Array.<number>} historyFirsts
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.historyFirsts = $util.emptyArray;

            /**
             * SnapshotChunk appliedOrigins.
             * @member {Array.<number>} appliedOrigins
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.appliedOrigins = $util.emptyArray;

            /**
             * SnapshotChunk appliedLogIds.
             * @member {Array.<number>} appliedLogIds
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.appliedLogIds = $util.emptyArray;

            /**
             * SnapshotChunk appliedSequences.
             * @member {Array.<number>} appliedSequences
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.appliedSequences = $util.emptyArray;

            /**
             * SnapshotChunk requestId.
             * @member {number} requestId
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.requestId = 0;

            /**
             * SnapshotChunk ledgers.
             * @member {Array.<number>} ledgers
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.ledgers = $util.emptyArray;

            /**
             * SnapshotChunk changes.
             * @member {number} changes
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.changes = 0;

            /**
             * SnapshotChunk conflicts.
             * @member {number} conflicts
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.conflicts = 0;

            /**
             * SnapshotChunk notes.
             * @member {Array.<Uint8Array>} notes
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.notes = $util.emptyArray;

            /**
             * SnapshotChunk filtered.
             * @member {Array.<number>} filtered
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.filtered = $util.emptyArray;

            /**
             * SnapshotChunk forwarded.
             * @member {Array.<number>} forwarded
             * @memberof meridian.peer.SnapshotChunk
             * @instance
             */
            SnapshotChunk.prototype.forwarded = $util.emptyArray;

            /**
             * Creates a new SnapshotChunk instance using the specified properties.
             * @function create
             * @memberof meridian.peer.SnapshotChunk
             * @static
             * @param {meridian.peer.SnapshotChunk.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.SnapshotChunk} SnapshotChunk instance
             * @type {{
             *   (properties: meridian.peer.SnapshotChunk.$Shape): meridian.peer.SnapshotChunk & meridian.peer.SnapshotChunk.$Shape;
             *   (properties?: meridian.peer.SnapshotChunk.$Properties): meridian.peer.SnapshotChunk;
             * }}
             */
            SnapshotChunk.create = function(properties) {
                return new SnapshotChunk(properties);
            };

            /**
             * Encodes the specified SnapshotChunk message. Does not implicitly {@link meridian.peer.SnapshotChunk.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.SnapshotChunk
             * @static
             * @param {meridian.peer.SnapshotChunk.$Properties} message SnapshotChunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SnapshotChunk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
                if (message.cursor != null && $Object.hasOwnProperty.call(message, "cursor") && message.cursor !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.cursor);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.last);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.failure);
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && !$Object.is(message.sequence, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.sequence);
                if (message.historyEpochs != null && message.historyEpochs.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).uint32s(message.historyEpochs);
                if (message.historyFirsts != null && message.historyFirsts.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).doubles(message.historyFirsts);
                if (message.appliedOrigins != null && message.appliedOrigins.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).uint32s(message.appliedOrigins);
                if (message.appliedLogIds != null && message.appliedLogIds.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).doubles(message.appliedLogIds);
                if (message.appliedSequences != null && message.appliedSequences.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).doubles(message.appliedSequences);
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.requestId);
                if (message.ledgers != null && message.ledgers.length)
                    writer.uint32(/* id 13, wireType 2 =*/106).doubles(message.ledgers);
                if (message.changes != null && $Object.hasOwnProperty.call(message, "changes") && !$Object.is(message.changes, 0))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.changes);
                if (message.conflicts != null && $Object.hasOwnProperty.call(message, "conflicts") && !$Object.is(message.conflicts, 0))
                    writer.uint32(/* id 15, wireType 1 =*/121).double(message.conflicts);
                if (message.notes != null && message.notes.length)
                    for (let i = 0; i < message.notes.length; ++i)
                        writer.uint32(/* id 16, wireType 2 =*/130).bytes(message.notes[i]);
                if (message.filtered != null && message.filtered.length)
                    writer.uint32(/* id 17, wireType 2 =*/138).doubles(message.filtered);
                if (message.forwarded != null && message.forwarded.length)
                    writer.uint32(/* id 18, wireType 2 =*/146).doubles(message.forwarded);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SnapshotChunk message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.SnapshotChunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.SnapshotChunk & meridian.peer.SnapshotChunk.$Shape} SnapshotChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SnapshotChunk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.SnapshotChunk();
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
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cursor = value;
                            else
                                delete message.cursor;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.failure = value;
                            else
                                delete message.failure;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.historyEpochs && message.historyEpochs.length))
                                    message.historyEpochs = [];
                                reader.uint32s(message.historyEpochs);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.historyEpochs && message.historyEpochs.length))
                                message.historyEpochs = [];
                            message.historyEpochs.push(reader.uint32());
                            continue;
                        }
                    case 8: {
                            if (wireType === 2) {
                                if (!(message.historyFirsts && message.historyFirsts.length))
                                    message.historyFirsts = [];
                                reader.doubles(message.historyFirsts);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.historyFirsts && message.historyFirsts.length))
                                message.historyFirsts = [];
                            message.historyFirsts.push(reader.double());
                            continue;
                        }
                    case 9: {
                            if (wireType === 2) {
                                if (!(message.appliedOrigins && message.appliedOrigins.length))
                                    message.appliedOrigins = [];
                                reader.uint32s(message.appliedOrigins);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.appliedOrigins && message.appliedOrigins.length))
                                message.appliedOrigins = [];
                            message.appliedOrigins.push(reader.uint32());
                            continue;
                        }
                    case 10: {
                            if (wireType === 2) {
                                if (!(message.appliedLogIds && message.appliedLogIds.length))
                                    message.appliedLogIds = [];
                                reader.doubles(message.appliedLogIds);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.appliedLogIds && message.appliedLogIds.length))
                                message.appliedLogIds = [];
                            message.appliedLogIds.push(reader.double());
                            continue;
                        }
                    case 11: {
                            if (wireType === 2) {
                                if (!(message.appliedSequences && message.appliedSequences.length))
                                    message.appliedSequences = [];
                                reader.doubles(message.appliedSequences);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.appliedSequences && message.appliedSequences.length))
                                message.appliedSequences = [];
                            message.appliedSequences.push(reader.double());
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 13: {
                            if (wireType === 2) {
                                if (!(message.ledgers && message.ledgers.length))
                                    message.ledgers = [];
                                reader.doubles(message.ledgers);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.ledgers && message.ledgers.length))
                                message.ledgers = [];
                            message.ledgers.push(reader.double());
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.changes = value;
                            else
                                delete message.changes;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.conflicts = value;
                            else
                                delete message.conflicts;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            if (!(message.notes && message.notes.length))
                                message.notes = [];
                            message.notes.push(reader.bytes());
                            continue;
                        }
                    case 17: {
                            if (wireType === 2) {
                                if (!(message.filtered && message.filtered.length))
                                    message.filtered = [];
                                reader.doubles(message.filtered);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.filtered && message.filtered.length))
                                message.filtered = [];
                            message.filtered.push(reader.double());
                            continue;
                        }
                    case 18: {
                            if (wireType === 2) {
                                if (!(message.forwarded && message.forwarded.length))
                                    message.forwarded = [];
                                reader.doubles(message.forwarded);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.forwarded && message.forwarded.length))
                                message.forwarded = [];
                            message.forwarded.push(reader.double());
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

            return SnapshotChunk;
        })();

        peer.FetchRecords = (function() {

            /**
             * Properties of a FetchRecords.
             * @typedef {Object} meridian.peer.FetchRecords.$Properties
             * @property {number|null} [slot] FetchRecords slot
             * @property {number|null} [epoch] FetchRecords epoch
             * @property {number|null} [requestId] FetchRecords requestId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FetchRecords.
             * @memberof meridian.peer
             * @interface IFetchRecords
             * @augments meridian.peer.FetchRecords.$Properties
             * @deprecated Use meridian.peer.FetchRecords.$Properties instead.
             */

            /**
             * Shape of a FetchRecords.
             * @typedef {meridian.peer.FetchRecords.$Properties} meridian.peer.FetchRecords.$Shape
             */

            /**
             * Constructs a new FetchRecords.
             * @memberof meridian.peer
             * @classdesc Represents a FetchRecords.
             * @constructor
             * @param {meridian.peer.FetchRecords.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FetchRecords = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FetchRecords slot.
             * @member {number} slot
             * @memberof meridian.peer.FetchRecords
             * @instance
             */
            FetchRecords.prototype.slot = 0;

            /**
             * FetchRecords epoch.
             * @member {number} epoch
             * @memberof meridian.peer.FetchRecords
             * @instance
             */
            FetchRecords.prototype.epoch = 0;

            /**
             * FetchRecords requestId.
             * @member {number} requestId
             * @memberof meridian.peer.FetchRecords
             * @instance
             */
            FetchRecords.prototype.requestId = 0;

            /**
             * Creates a new FetchRecords instance using the specified properties.
             * @function create
             * @memberof meridian.peer.FetchRecords
             * @static
             * @param {meridian.peer.FetchRecords.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.FetchRecords} FetchRecords instance
             * @type {{
             *   (properties: meridian.peer.FetchRecords.$Shape): meridian.peer.FetchRecords & meridian.peer.FetchRecords.$Shape;
             *   (properties?: meridian.peer.FetchRecords.$Properties): meridian.peer.FetchRecords;
             * }}
             */
            FetchRecords.create = function(properties) {
                return new FetchRecords(properties);
            };

            /**
             * Encodes the specified FetchRecords message. Does not implicitly {@link meridian.peer.FetchRecords.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.FetchRecords
             * @static
             * @param {meridian.peer.FetchRecords.$Properties} message FetchRecords message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchRecords.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.requestId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FetchRecords message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.FetchRecords
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.FetchRecords & meridian.peer.FetchRecords.$Shape} FetchRecords
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchRecords.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.FetchRecords();
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
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
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

            return FetchRecords;
        })();

        peer.FetchedRecords = (function() {

            /**
             * Properties of a FetchedRecords.
             * @typedef {Object} meridian.peer.FetchedRecords.$Properties
             * @property {number|null} [slot] FetchedRecords slot
             * @property {number|null} [requestId] FetchedRecords requestId
             * @property {string|null} [failure] FetchedRecords failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FetchedRecords.
             * @memberof meridian.peer
             * @interface IFetchedRecords
             * @augments meridian.peer.FetchedRecords.$Properties
             * @deprecated Use meridian.peer.FetchedRecords.$Properties instead.
             */

            /**
             * Shape of a FetchedRecords.
             * @typedef {meridian.peer.FetchedRecords.$Properties} meridian.peer.FetchedRecords.$Shape
             */

            /**
             * Constructs a new FetchedRecords.
             * @memberof meridian.peer
             * @classdesc Represents a FetchedRecords.
             * @constructor
             * @param {meridian.peer.FetchedRecords.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FetchedRecords = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FetchedRecords slot.
             * @member {number} slot
             * @memberof meridian.peer.FetchedRecords
             * @instance
             */
            FetchedRecords.prototype.slot = 0;

            /**
             * FetchedRecords requestId.
             * @member {number} requestId
             * @memberof meridian.peer.FetchedRecords
             * @instance
             */
            FetchedRecords.prototype.requestId = 0;

            /**
             * FetchedRecords failure.
             * @member {string} failure
             * @memberof meridian.peer.FetchedRecords
             * @instance
             */
            FetchedRecords.prototype.failure = "";

            /**
             * Creates a new FetchedRecords instance using the specified properties.
             * @function create
             * @memberof meridian.peer.FetchedRecords
             * @static
             * @param {meridian.peer.FetchedRecords.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.FetchedRecords} FetchedRecords instance
             * @type {{
             *   (properties: meridian.peer.FetchedRecords.$Shape): meridian.peer.FetchedRecords & meridian.peer.FetchedRecords.$Shape;
             *   (properties?: meridian.peer.FetchedRecords.$Properties): meridian.peer.FetchedRecords;
             * }}
             */
            FetchedRecords.create = function(properties) {
                return new FetchedRecords(properties);
            };

            /**
             * Encodes the specified FetchedRecords message. Does not implicitly {@link meridian.peer.FetchedRecords.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.FetchedRecords
             * @static
             * @param {meridian.peer.FetchedRecords.$Properties} message FetchedRecords message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchedRecords.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.requestId);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.failure);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FetchedRecords message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.FetchedRecords
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.FetchedRecords & meridian.peer.FetchedRecords.$Shape} FetchedRecords
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchedRecords.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.FetchedRecords();
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
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.failure = value;
                            else
                                delete message.failure;
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

            return FetchedRecords;
        })();

        peer.Handover = (function() {

            /**
             * Properties of a Handover.
             * @typedef {Object} meridian.peer.Handover.$Properties
             * @property {Array.<number>|null} [slots] Handover slots
             * @property {Array.<number>|null} [epochs] Handover epochs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Handover.
             * @memberof meridian.peer
             * @interface IHandover
             * @augments meridian.peer.Handover.$Properties
             * @deprecated Use meridian.peer.Handover.$Properties instead.
             */

            /**
             * Shape of a Handover.
             * @typedef {meridian.peer.Handover.$Properties} meridian.peer.Handover.$Shape
             */

            /**
             * Constructs a new Handover.
             * @memberof meridian.peer
             * @classdesc Represents a Handover.
             * @constructor
             * @param {meridian.peer.Handover.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Handover = function (properties) {
                this.slots = [];
                this.epochs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Handover slots.
             * @member {Array.<number>} slots
             * @memberof meridian.peer.Handover
             * @instance
             */
            Handover.prototype.slots = $util.emptyArray;

            /**
             * Handover epochs.
             * @member {Array.<number>} epochs
             * @memberof meridian.peer.Handover
             * @instance
             */
            Handover.prototype.epochs = $util.emptyArray;

            /**
             * Creates a new Handover instance using the specified properties.
             * @function create
             * @memberof meridian.peer.Handover
             * @static
             * @param {meridian.peer.Handover.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.Handover} Handover instance
             * @type {{
             *   (properties: meridian.peer.Handover.$Shape): meridian.peer.Handover & meridian.peer.Handover.$Shape;
             *   (properties?: meridian.peer.Handover.$Properties): meridian.peer.Handover;
             * }}
             */
            Handover.create = function(properties) {
                return new Handover(properties);
            };

            /**
             * Encodes the specified Handover message. Does not implicitly {@link meridian.peer.Handover.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.Handover
             * @static
             * @param {meridian.peer.Handover.$Properties} message Handover message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Handover.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).uint32s(message.slots);
                if (message.epochs != null && message.epochs.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.epochs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Handover message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.Handover
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.Handover & meridian.peer.Handover.$Shape} Handover
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Handover.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.peer.Handover();
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
                    case 2: {
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

            return Handover;
        })();

        peer.Proxy = (function() {

            /**
             * Properties of a Proxy.
             * @typedef {Object} meridian.peer.Proxy.$Properties
             * @property {number|null} [requestId] Proxy requestId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Proxy.
             * @memberof meridian.peer
             * @interface IProxy
             * @augments meridian.peer.Proxy.$Properties
             * @deprecated Use meridian.peer.Proxy.$Properties instead.
             */

            /**
             * Shape of a Proxy.
             * @typedef {meridian.peer.Proxy.$Properties} meridian.peer.Proxy.$Shape
             */

            /**
             * Constructs a new Proxy.
             * @memberof meridian.peer
             * @classdesc Represents a Proxy.
             * @constructor
             * @param {meridian.peer.Proxy.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Proxy = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Proxy requestId.
             * @member {number} requestId
             * @memberof meridian.peer.Proxy
             * @instance
             */
            Proxy.prototype.requestId = 0;

            /**
             * Creates a new Proxy instance using the specified properties.
             * @function create
             * @memberof meridian.peer.Proxy
             * @static
             * @param {meridian.peer.Proxy.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.Proxy} Proxy instance
             * @type {{
             *   (properties: meridian.peer.Proxy.$Shape): meridian.peer.Proxy & meridian.peer.Proxy.$Shape;
             *   (properties?: meridian.peer.Proxy.$Properties): meridian.peer.Proxy;
             * }}
             */
            Proxy.create = function(properties) {
                return new Proxy(properties);
            };

            /**
             * Encodes the specified Proxy message. Does not implicitly {@link meridian.peer.Proxy.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.Proxy
             * @static
             * @param {meridian.peer.Proxy.$Properties} message Proxy message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Proxy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Proxy message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.Proxy
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.Proxy & meridian.peer.Proxy.$Shape} Proxy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Proxy.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.Proxy();
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
                                message.requestId = value;
                            else
                                delete message.requestId;
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

            return Proxy;
        })();

        peer.ProxyReply = (function() {

            /**
             * Properties of a ProxyReply.
             * @typedef {Object} meridian.peer.ProxyReply.$Properties
             * @property {number|null} [requestId] ProxyReply requestId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ProxyReply.
             * @memberof meridian.peer
             * @interface IProxyReply
             * @augments meridian.peer.ProxyReply.$Properties
             * @deprecated Use meridian.peer.ProxyReply.$Properties instead.
             */

            /**
             * Shape of a ProxyReply.
             * @typedef {meridian.peer.ProxyReply.$Properties} meridian.peer.ProxyReply.$Shape
             */

            /**
             * Constructs a new ProxyReply.
             * @memberof meridian.peer
             * @classdesc Represents a ProxyReply.
             * @constructor
             * @param {meridian.peer.ProxyReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ProxyReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ProxyReply requestId.
             * @member {number} requestId
             * @memberof meridian.peer.ProxyReply
             * @instance
             */
            ProxyReply.prototype.requestId = 0;

            /**
             * Creates a new ProxyReply instance using the specified properties.
             * @function create
             * @memberof meridian.peer.ProxyReply
             * @static
             * @param {meridian.peer.ProxyReply.$Properties=} [properties] Properties to set
             * @returns {meridian.peer.ProxyReply} ProxyReply instance
             * @type {{
             *   (properties: meridian.peer.ProxyReply.$Shape): meridian.peer.ProxyReply & meridian.peer.ProxyReply.$Shape;
             *   (properties?: meridian.peer.ProxyReply.$Properties): meridian.peer.ProxyReply;
             * }}
             */
            ProxyReply.create = function(properties) {
                return new ProxyReply(properties);
            };

            /**
             * Encodes the specified ProxyReply message. Does not implicitly {@link meridian.peer.ProxyReply.verify|verify} messages.
             * @function encode
             * @memberof meridian.peer.ProxyReply
             * @static
             * @param {meridian.peer.ProxyReply.$Properties} message ProxyReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProxyReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ProxyReply message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.peer.ProxyReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.peer.ProxyReply & meridian.peer.ProxyReply.$Shape} ProxyReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProxyReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.peer.ProxyReply();
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
                                message.requestId = value;
                            else
                                delete message.requestId;
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

            return ProxyReply;
        })();

        return peer;
    })();

    return meridian;
})();

export {
  $root as default
};
