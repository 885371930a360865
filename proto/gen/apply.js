/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["apply.proto"] || ($protobuf.roots["apply.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.apply = (function() {

        /**
         * Namespace apply.
         * @memberof meridian
         * @namespace
         */
        const apply = {};

        apply.ApplyRuns = (function() {

            /**
             * Properties of an ApplyRuns.
             * @typedef {Object} meridian.apply.ApplyRuns.$Properties
             * @property {number|null} [request] ApplyRuns request
             * @property {number|null} [originId] ApplyRuns originId
             * @property {number|null} [logId] ApplyRuns logId
             * @property {number|null} [namespace] ApplyRuns namespace
             * @property {Array.<number>|null} [partitions] ApplyRuns partitions
             * @property {Array.<number>|null} [from] ApplyRuns from
             * @property {Array.<number>|null} [span] ApplyRuns span
             * @property {Array.<number>|null} [bytes] ApplyRuns bytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ApplyRuns.
             * @memberof meridian.apply
             * @interface IApplyRuns
             * @augments meridian.apply.ApplyRuns.$Properties
             * @deprecated Use meridian.apply.ApplyRuns.$Properties instead.
             */

            /**
             * Shape of an ApplyRuns.
             * @typedef {meridian.apply.ApplyRuns.$Properties} meridian.apply.ApplyRuns.$Shape
             */

            /**
             * Constructs a new ApplyRuns.
             * @memberof meridian.apply
             * @classdesc Represents an ApplyRuns.
             * @constructor
             * @param {meridian.apply.ApplyRuns.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ApplyRuns = function (properties) {
                this.partitions = [];
                this.from = [];
                this.span = [];
                this.bytes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ApplyRuns request.
             * @member {number} request
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.request = 0;

            /**
             * ApplyRuns originId.
             * @member {number} originId
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.originId = 0;

            /**
             * ApplyRuns logId.
             * @member {number} logId
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.logId = 0;

            /**
             * ApplyRuns namespace.
             * @member {number} namespace
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.namespace = 0;

            /**
             * ApplyRuns partitions.
             * @member {Array.<number>} partitions
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.partitions = $util.emptyArray;

            /**
             * ApplyRuns from.
             * @member {Array.<number>} from
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.from = $util.emptyArray;

            /**
             * ApplyRuns span.
             * @member {Array.<number>} span
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.span = $util.emptyArray;

            /**
             * ApplyRuns bytes.
             * @member {Array.<number>} bytes
             * @memberof meridian.apply.ApplyRuns
             * @instance
             */
            ApplyRuns.prototype.bytes = $util.emptyArray;

            /**
             * Creates a new ApplyRuns instance using the specified properties.
             * @function create
             * @memberof meridian.apply.ApplyRuns
             * @static
             * @param {meridian.apply.ApplyRuns.$Properties=} [properties] Properties to set
             * @returns {meridian.apply.ApplyRuns} ApplyRuns instance
             * @type {{
             *   (properties: meridian.apply.ApplyRuns.$Shape): meridian.apply.ApplyRuns & meridian.apply.ApplyRuns.$Shape;
             *   (properties?: meridian.apply.ApplyRuns.$Properties): meridian.apply.ApplyRuns;
             * }}
             */
            ApplyRuns.create = function(properties) {
                return new ApplyRuns(properties);
            };

            /**
             * Encodes the specified ApplyRuns message. Does not implicitly {@link meridian.apply.ApplyRuns.verify|verify} messages.
             * @function encode
             * @memberof meridian.apply.ApplyRuns
             * @static
             * @param {meridian.apply.ApplyRuns.$Properties} message ApplyRuns message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ApplyRuns.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.originId != null && $Object.hasOwnProperty.call(message, "originId") && message.originId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.originId);
                if (message.logId != null && $Object.hasOwnProperty.call(message, "logId") && !$Object.is(message.logId, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.logId);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.namespace);
                if (message.partitions != null && message.partitions.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.partitions);
                if (message.from != null && message.from.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).doubles(message.from);
                if (message.span != null && message.span.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).uint32s(message.span);
                if (message.bytes != null && message.bytes.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).uint32s(message.bytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ApplyRuns message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.apply.ApplyRuns
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.apply.ApplyRuns & meridian.apply.ApplyRuns.$Shape} ApplyRuns
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ApplyRuns.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.apply.ApplyRuns();
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
                                message.request = value;
                            else
                                delete message.request;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.originId = value;
                            else
                                delete message.originId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.logId = value;
                            else
                                delete message.logId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                reader.uint32s(message.partitions);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push(reader.uint32());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.from && message.from.length))
                                    message.from = [];
                                reader.doubles(message.from);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.from && message.from.length))
                                message.from = [];
                            message.from.push(reader.double());
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.span && message.span.length))
                                    message.span = [];
                                reader.uint32s(message.span);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.span && message.span.length))
                                message.span = [];
                            message.span.push(reader.uint32());
                            continue;
                        }
                    case 8: {
                            if (wireType === 2) {
                                if (!(message.bytes && message.bytes.length))
                                    message.bytes = [];
                                reader.uint32s(message.bytes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.bytes && message.bytes.length))
                                message.bytes = [];
                            message.bytes.push(reader.uint32());
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

            return ApplyRuns;
        })();

        apply.ApplyScanChunk = (function() {

            /**
             * Properties of an ApplyScanChunk.
             * @typedef {Object} meridian.apply.ApplyScanChunk.$Properties
             * @property {number|null} [request] ApplyScanChunk request
             * @property {number|null} [originId] ApplyScanChunk originId
             * @property {number|null} [logId] ApplyScanChunk logId
             * @property {number|null} [namespace] ApplyScanChunk namespace
             * @property {number|null} [partition] ApplyScanChunk partition
             * @property {number|null} [scan] ApplyScanChunk scan
             * @property {number|null} [chunk] ApplyScanChunk chunk
             * @property {boolean|null} [last] ApplyScanChunk last
             * @property {number|null} [to] ApplyScanChunk to
             * @property {number|null} [changes] ApplyScanChunk changes
             * @property {number|null} [base] ApplyScanChunk base
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ApplyScanChunk.
             * @memberof meridian.apply
             * @interface IApplyScanChunk
             * @augments meridian.apply.ApplyScanChunk.$Properties
             * @deprecated Use meridian.apply.ApplyScanChunk.$Properties instead.
             */

            /**
             * Shape of an ApplyScanChunk.
             * @typedef {meridian.apply.ApplyScanChunk.$Properties} meridian.apply.ApplyScanChunk.$Shape
             */

            /**
             * Constructs a new ApplyScanChunk.
             * @memberof meridian.apply
             * @classdesc Represents an ApplyScanChunk.
             * @constructor
             * @param {meridian.apply.ApplyScanChunk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ApplyScanChunk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ApplyScanChunk request.
             * @member {number} request
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.request = 0;

            /**
             * ApplyScanChunk originId.
             * @member {number} originId
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.originId = 0;

            /**
             * ApplyScanChunk logId.
             * @member {number} logId
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.logId = 0;

            /**
             * ApplyScanChunk namespace.
             * @member {number} namespace
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.namespace = 0;

            /**
             * ApplyScanChunk partition.
             * @member {number} partition
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.partition = 0;

            /**
             * ApplyScanChunk scan.
             * @member {number} scan
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.scan = 0;

            /**
             * ApplyScanChunk chunk.
             * @member {number} chunk
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.chunk = 0;

            /**
             * ApplyScanChunk last.
             * @member {boolean} last
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.last = false;

            /**
             * ApplyScanChunk to.
             * @member {number} to
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.to = 0;

            /**
             * ApplyScanChunk changes.
             * @member {number} changes
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.changes = 0;

            /**
             * ApplyScanChunk base.
             * @member {number} base
             * @memberof meridian.apply.ApplyScanChunk
             * @instance
             */
            ApplyScanChunk.prototype.base = 0;

            /**
             * Creates a new ApplyScanChunk instance using the specified properties.
             * @function create
             * @memberof meridian.apply.ApplyScanChunk
             * @static
             * @param {meridian.apply.ApplyScanChunk.$Properties=} [properties] Properties to set
             * @returns {meridian.apply.ApplyScanChunk} ApplyScanChunk instance
             * @type {{
             *   (properties: meridian.apply.ApplyScanChunk.$Shape): meridian.apply.ApplyScanChunk & meridian.apply.ApplyScanChunk.$Shape;
             *   (properties?: meridian.apply.ApplyScanChunk.$Properties): meridian.apply.ApplyScanChunk;
             * }}
             */
            ApplyScanChunk.create = function(properties) {
                return new ApplyScanChunk(properties);
            };

            /**
             * Encodes the specified ApplyScanChunk message. Does not implicitly {@link meridian.apply.ApplyScanChunk.verify|verify} messages.
             * @function encode
             * @memberof meridian.apply.ApplyScanChunk
             * @static
             * @param {meridian.apply.ApplyScanChunk.$Properties} message ApplyScanChunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ApplyScanChunk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.originId != null && $Object.hasOwnProperty.call(message, "originId") && message.originId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.originId);
                if (message.logId != null && $Object.hasOwnProperty.call(message, "logId") && !$Object.is(message.logId, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.logId);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.namespace);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.partition);
                if (message.scan != null && $Object.hasOwnProperty.call(message, "scan") && !$Object.is(message.scan, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.scan);
                if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.chunk);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.last);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && !$Object.is(message.to, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.to);
                if (message.changes != null && $Object.hasOwnProperty.call(message, "changes") && !$Object.is(message.changes, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.changes);
                if (message.base != null && $Object.hasOwnProperty.call(message, "base") && !$Object.is(message.base, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.base);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ApplyScanChunk message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.apply.ApplyScanChunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.apply.ApplyScanChunk & meridian.apply.ApplyScanChunk.$Shape} ApplyScanChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ApplyScanChunk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.apply.ApplyScanChunk();
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
                                message.request = value;
                            else
                                delete message.request;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.originId = value;
                            else
                                delete message.originId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.logId = value;
                            else
                                delete message.logId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.scan = value;
                            else
                                delete message.scan;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chunk = value;
                            else
                                delete message.chunk;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.changes = value;
                            else
                                delete message.changes;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.base = value;
                            else
                                delete message.base;
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

            return ApplyScanChunk;
        })();

        apply.ApplyReply = (function() {

            /**
             * Properties of an ApplyReply.
             * @typedef {Object} meridian.apply.ApplyReply.$Properties
             * @property {number|null} [request] ApplyReply request
             * @property {Array.<number>|null} [outcomes] ApplyReply outcomes
             * @property {Array.<number>|null} [positions] ApplyReply positions
             * @property {number|null} [applied] ApplyReply applied
             * @property {number|null} [superseded] ApplyReply superseded
             * @property {number|null} [conflictWon] ApplyReply conflictWon
             * @property {number|null} [conflictLost] ApplyReply conflictLost
             * @property {number|null} [duplicate] ApplyReply duplicate
             * @property {number|null} [parked] ApplyReply parked
             * @property {number|null} [filtered] ApplyReply filtered
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ApplyReply.
             * @memberof meridian.apply
             * @interface IApplyReply
             * @augments meridian.apply.ApplyReply.$Properties
             * @deprecated Use meridian.apply.ApplyReply.$Properties instead.
             */

            /**
             * Shape of an ApplyReply.
             * @typedef {meridian.apply.ApplyReply.$Properties} meridian.apply.ApplyReply.$Shape
             */

            /**
             * Constructs a new ApplyReply.
             * @memberof meridian.apply
             * @classdesc Represents an ApplyReply.
             * @constructor
             * @param {meridian.apply.ApplyReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ApplyReply = function (properties) {
                this.outcomes = [];
                this.positions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ApplyReply request.
             * @member {number} request
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.request = 0;

            /**
             * ApplyReply outcomes.
             * @member {Array.<number>} outcomes
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.outcomes = $util.emptyArray;

            /**
             * ApplyReply positions.
             * @member {Array.<number>} positions
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.positions = $util.emptyArray;

            /**
             * ApplyReply applied.
             * @member {number} applied
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.applied = 0;

            /**
             * ApplyReply superseded.
             * @member {number} superseded
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.superseded = 0;

            /**
             * ApplyReply conflictWon.
             * @member {number} conflictWon
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.conflictWon = 0;

            /**
             * ApplyReply conflictLost.
             * @member {number} conflictLost
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.conflictLost = 0;

            /**
             * ApplyReply duplicate.
             * @member {number} duplicate
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.duplicate = 0;

            /**
             * ApplyReply parked.
             * @member {number} parked
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.parked = 0;

            /**
             * ApplyReply filtered.
             * @member {number} filtered
             * @memberof meridian.apply.ApplyReply
             * @instance
             */
            ApplyReply.prototype.filtered = 0;

            /**
             * Creates a new ApplyReply instance using the specified properties.
             * @function create
             * @memberof meridian.apply.ApplyReply
             * @static
             * @param {meridian.apply.ApplyReply.$Properties=} [properties] Properties to set
             * @returns {meridian.apply.ApplyReply} ApplyReply instance
             * @type {{
             *   (properties: meridian.apply.ApplyReply.$Shape): meridian.apply.ApplyReply & meridian.apply.ApplyReply.$Shape;
             *   (properties?: meridian.apply.ApplyReply.$Properties): meridian.apply.ApplyReply;
             * }}
             */
            ApplyReply.create = function(properties) {
                return new ApplyReply(properties);
            };

            /**
             * Encodes the specified ApplyReply message. Does not implicitly {@link meridian.apply.ApplyReply.verify|verify} messages.
             * @function encode
             * @memberof meridian.apply.ApplyReply
             * @static
             * @param {meridian.apply.ApplyReply.$Properties} message ApplyReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ApplyReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.outcomes != null && message.outcomes.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.outcomes);
                if (message.positions != null && message.positions.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.positions);
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied") && message.applied !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.applied);
                if (message.superseded != null && $Object.hasOwnProperty.call(message, "superseded") && message.superseded !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.superseded);
                if (message.conflictWon != null && $Object.hasOwnProperty.call(message, "conflictWon") && message.conflictWon !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.conflictWon);
                if (message.conflictLost != null && $Object.hasOwnProperty.call(message, "conflictLost") && message.conflictLost !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.conflictLost);
                if (message.duplicate != null && $Object.hasOwnProperty.call(message, "duplicate") && message.duplicate !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.duplicate);
                if (message.parked != null && $Object.hasOwnProperty.call(message, "parked") && message.parked !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.parked);
                if (message.filtered != null && $Object.hasOwnProperty.call(message, "filtered") && message.filtered !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.filtered);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ApplyReply message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.apply.ApplyReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.apply.ApplyReply & meridian.apply.ApplyReply.$Shape} ApplyReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ApplyReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.apply.ApplyReply();
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
                                message.request = value;
                            else
                                delete message.request;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.outcomes && message.outcomes.length))
                                    message.outcomes = [];
                                reader.uint32s(message.outcomes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.outcomes && message.outcomes.length))
                                message.outcomes = [];
                            message.outcomes.push(reader.uint32());
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.positions && message.positions.length))
                                    message.positions = [];
                                reader.doubles(message.positions);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.positions && message.positions.length))
                                message.positions = [];
                            message.positions.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.applied = value;
                            else
                                delete message.applied;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.superseded = value;
                            else
                                delete message.superseded;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.conflictWon = value;
                            else
                                delete message.conflictWon;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.conflictLost = value;
                            else
                                delete message.conflictLost;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.duplicate = value;
                            else
                                delete message.duplicate;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.parked = value;
                            else
                                delete message.parked;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.filtered = value;
                            else
                                delete message.filtered;
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

            return ApplyReply;
        })();

        apply.PositionsAsk = (function() {

            /**
             * Properties of a PositionsAsk.
             * @typedef {Object} meridian.apply.PositionsAsk.$Properties
             * @property {number|null} [request] PositionsAsk request
             * @property {number|null} [originId] PositionsAsk originId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PositionsAsk.
             * @memberof meridian.apply
             * @interface IPositionsAsk
             * @augments meridian.apply.PositionsAsk.$Properties
             * @deprecated Use meridian.apply.PositionsAsk.$Properties instead.
             */

            /**
             * Shape of a PositionsAsk.
             * @typedef {meridian.apply.PositionsAsk.$Properties} meridian.apply.PositionsAsk.$Shape
             */

            /**
             * Constructs a new PositionsAsk.
             * @memberof meridian.apply
             * @classdesc Represents a PositionsAsk.
             * @constructor
             * @param {meridian.apply.PositionsAsk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PositionsAsk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PositionsAsk request.
             * @member {number} request
             * @memberof meridian.apply.PositionsAsk
             * @instance
             */
            PositionsAsk.prototype.request = 0;

            /**
             * PositionsAsk originId.
             * @member {number} originId
             * @memberof meridian.apply.PositionsAsk
             * @instance
             */
            PositionsAsk.prototype.originId = 0;

            /**
             * Creates a new PositionsAsk instance using the specified properties.
             * @function create
             * @memberof meridian.apply.PositionsAsk
             * @static
             * @param {meridian.apply.PositionsAsk.$Properties=} [properties] Properties to set
             * @returns {meridian.apply.PositionsAsk} PositionsAsk instance
             * @type {{
             *   (properties: meridian.apply.PositionsAsk.$Shape): meridian.apply.PositionsAsk & meridian.apply.PositionsAsk.$Shape;
             *   (properties?: meridian.apply.PositionsAsk.$Properties): meridian.apply.PositionsAsk;
             * }}
             */
            PositionsAsk.create = function(properties) {
                return new PositionsAsk(properties);
            };

            /**
             * Encodes the specified PositionsAsk message. Does not implicitly {@link meridian.apply.PositionsAsk.verify|verify} messages.
             * @function encode
             * @memberof meridian.apply.PositionsAsk
             * @static
             * @param {meridian.apply.PositionsAsk.$Properties} message PositionsAsk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PositionsAsk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.originId != null && $Object.hasOwnProperty.call(message, "originId") && message.originId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.originId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PositionsAsk message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.apply.PositionsAsk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.apply.PositionsAsk & meridian.apply.PositionsAsk.$Shape} PositionsAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PositionsAsk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.apply.PositionsAsk();
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
                                message.request = value;
                            else
                                delete message.request;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.originId = value;
                            else
                                delete message.originId;
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

            return PositionsAsk;
        })();

        apply.Positions = (function() {

            /**
             * Properties of a Positions.
             * @typedef {Object} meridian.apply.Positions.$Properties
             * @property {number|null} [request] Positions request
             * @property {Array.<number>|null} [slots] Positions slots
             * @property {Array.<number>|null} [logIds] Positions logIds
             * @property {Array.<number>|null} [positions] Positions positions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Positions.
             * @memberof meridian.apply
             * @interface IPositions
             * @augments meridian.apply.Positions.$Properties
             * @deprecated Use meridian.apply.Positions.$Properties instead.
             */

            /**
             * Shape of a Positions.
             * @typedef {meridian.apply.Positions.$Properties} meridian.apply.Positions.$Shape
             */

            /**
             * Constructs a new Positions.
             * @memberof meridian.apply
             * @classdesc Represents a Positions.
             * @constructor
             * @param {meridian.apply.Positions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Positions = function (properties) {
                this.slots = [];
                this.logIds = [];
                this.positions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Positions request.
             * @member {number} request
             * @memberof meridian.apply.Positions
             * @instance
             */
            Positions.prototype.request = 0;

            /**
             * Positions slots.
             * @member {Array.<number>} slots
             * @memberof meridian.apply.Positions
             * @instance
             */
            Positions.prototype.slots = $util.emptyArray;

            /**
             * Positions logIds.
             * @member {Array.<number>} logIds
             * @memberof meridian.apply.Positions
             * @instance
             */
            Positions.prototype.logIds = $util.emptyArray;

            /**
             * Positions positions.
             * @member {Array.<number>} positions
             * @memberof meridian.apply.Positions
             * @instance
             */
            Positions.prototype.positions = $util.emptyArray;

            /**
             * Creates a new Positions instance using the specified properties.
             * @function create
             * @memberof meridian.apply.Positions
             * @static
             * @param {meridian.apply.Positions.$Properties=} [properties] Properties to set
             * @returns {meridian.apply.Positions} Positions instance
             * @type {{
             *   (properties: meridian.apply.Positions.$Shape): meridian.apply.Positions & meridian.apply.Positions.$Shape;
             *   (properties?: meridian.apply.Positions.$Properties): meridian.apply.Positions;
             * }}
             */
            Positions.create = function(properties) {
                return new Positions(properties);
            };

            /**
             * Encodes the specified Positions message. Does not implicitly {@link meridian.apply.Positions.verify|verify} messages.
             * @function encode
             * @memberof meridian.apply.Positions
             * @static
             * @param {meridian.apply.Positions.$Properties} message Positions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Positions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.slots);
                if (message.logIds != null && message.logIds.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.logIds);
                if (message.positions != null && message.positions.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.positions);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Positions message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.apply.Positions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.apply.Positions & meridian.apply.Positions.$Shape} Positions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Positions.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.apply.Positions();
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
                                message.request = value;
                            else
                                delete message.request;
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
                                if (!(message.logIds && message.logIds.length))
                                    message.logIds = [];
                                reader.doubles(message.logIds);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.logIds && message.logIds.length))
                                message.logIds = [];
                            message.logIds.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.positions && message.positions.length))
                                    message.positions = [];
                                reader.doubles(message.positions);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.positions && message.positions.length))
                                message.positions = [];
                            message.positions.push(reader.double());
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

            return Positions;
        })();

        return apply;
    })();

    return meridian;
})();

export {
  $root as default
};
