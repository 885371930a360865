/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["tail.proto"] || ($protobuf.roots["tail.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.tail = (function() {

        /**
         * Namespace tail.
         * @memberof meridian
         * @namespace
         */
        const tail = {};

        tail.XdrOpen = (function() {

            /**
             * Properties of a XdrOpen.
             * @typedef {Object} meridian.tail.XdrOpen.$Properties
             * @property {Array.<string>|null} [namespaces] XdrOpen namespaces
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a XdrOpen.
             * @memberof meridian.tail
             * @interface IXdrOpen
             * @augments meridian.tail.XdrOpen.$Properties
             * @deprecated Use meridian.tail.XdrOpen.$Properties instead.
             */

            /**
             * Shape of a XdrOpen.
             * @typedef {meridian.tail.XdrOpen.$Properties} meridian.tail.XdrOpen.$Shape
             */

            /**
             * Constructs a new XdrOpen.
             * @memberof meridian.tail
             * @classdesc Represents a XdrOpen.
             * @constructor
             * @param {meridian.tail.XdrOpen.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const XdrOpen = function (properties) {
                this.namespaces = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * XdrOpen namespaces.
             * @member {Array.<string>} namespaces
             * @memberof meridian.tail.XdrOpen
             * @instance
             */
            XdrOpen.prototype.namespaces = $util.emptyArray;

            /**
             * Creates a new XdrOpen instance using the specified properties.
             * @function create
             * @memberof meridian.tail.XdrOpen
             * @static
             * @param {meridian.tail.XdrOpen.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.XdrOpen} XdrOpen instance
             * @type {{
             *   (properties: meridian.tail.XdrOpen.$Shape): meridian.tail.XdrOpen & meridian.tail.XdrOpen.$Shape;
             *   (properties?: meridian.tail.XdrOpen.$Properties): meridian.tail.XdrOpen;
             * }}
             */
            XdrOpen.create = function(properties) {
                return new XdrOpen(properties);
            };

            /**
             * Encodes the specified XdrOpen message. Does not implicitly {@link meridian.tail.XdrOpen.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.XdrOpen
             * @static
             * @param {meridian.tail.XdrOpen.$Properties} message XdrOpen message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            XdrOpen.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespaces != null && message.namespaces.length)
                    for (let i = 0; i < message.namespaces.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespaces[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a XdrOpen message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.XdrOpen
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.XdrOpen & meridian.tail.XdrOpen.$Shape} XdrOpen
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            XdrOpen.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.XdrOpen();
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
                            if (!(message.namespaces && message.namespaces.length))
                                message.namespaces = [];
                            message.namespaces.push(reader.stringVerify());
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

            return XdrOpen;
        })();

        tail.XdrOpened = (function() {

            /**
             * Properties of a XdrOpened.
             * @typedef {Object} meridian.tail.XdrOpened.$Properties
             * @property {Array.<number>|null} [logIds] XdrOpened logIds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a XdrOpened.
             * @memberof meridian.tail
             * @interface IXdrOpened
             * @augments meridian.tail.XdrOpened.$Properties
             * @deprecated Use meridian.tail.XdrOpened.$Properties instead.
             */

            /**
             * Shape of a XdrOpened.
             * @typedef {meridian.tail.XdrOpened.$Properties} meridian.tail.XdrOpened.$Shape
             */

            /**
             * Constructs a new XdrOpened.
             * @memberof meridian.tail
             * @classdesc Represents a XdrOpened.
             * @constructor
             * @param {meridian.tail.XdrOpened.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const XdrOpened = function (properties) {
                this.logIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * XdrOpened logIds.
             * @member {Array.<number>} logIds
             * @memberof meridian.tail.XdrOpened
             * @instance
             */
            XdrOpened.prototype.logIds = $util.emptyArray;

            /**
             * Creates a new XdrOpened instance using the specified properties.
             * @function create
             * @memberof meridian.tail.XdrOpened
             * @static
             * @param {meridian.tail.XdrOpened.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.XdrOpened} XdrOpened instance
             * @type {{
             *   (properties: meridian.tail.XdrOpened.$Shape): meridian.tail.XdrOpened & meridian.tail.XdrOpened.$Shape;
             *   (properties?: meridian.tail.XdrOpened.$Properties): meridian.tail.XdrOpened;
             * }}
             */
            XdrOpened.create = function(properties) {
                return new XdrOpened(properties);
            };

            /**
             * Encodes the specified XdrOpened message. Does not implicitly {@link meridian.tail.XdrOpened.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.XdrOpened
             * @static
             * @param {meridian.tail.XdrOpened.$Properties} message XdrOpened message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            XdrOpened.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.logIds != null && message.logIds.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).doubles(message.logIds);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a XdrOpened message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.XdrOpened
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.XdrOpened & meridian.tail.XdrOpened.$Shape} XdrOpened
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            XdrOpened.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.XdrOpened();
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

            return XdrOpened;
        })();

        tail.TailPrimaries = (function() {

            /**
             * Properties of a TailPrimaries.
             * @typedef {Object} meridian.tail.TailPrimaries.$Properties
             * @property {Array.<number>|null} [gained] TailPrimaries gained
             * @property {Array.<number>|null} [lost] TailPrimaries lost
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TailPrimaries.
             * @memberof meridian.tail
             * @interface ITailPrimaries
             * @augments meridian.tail.TailPrimaries.$Properties
             * @deprecated Use meridian.tail.TailPrimaries.$Properties instead.
             */

            /**
             * Shape of a TailPrimaries.
             * @typedef {meridian.tail.TailPrimaries.$Properties} meridian.tail.TailPrimaries.$Shape
             */

            /**
             * Constructs a new TailPrimaries.
             * @memberof meridian.tail
             * @classdesc Represents a TailPrimaries.
             * @constructor
             * @param {meridian.tail.TailPrimaries.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TailPrimaries = function (properties) {
                this.gained = [];
                this.lost = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TailPrimaries gained.
             * @member {Array.<number>} gained
             * @memberof meridian.tail.TailPrimaries
             * @instance
             */
            TailPrimaries.prototype.gained = $util.emptyArray;

            /**
             * TailPrimaries lost.
             * @member {Array.<number>} lost
             * @memberof meridian.tail.TailPrimaries
             * @instance
             */
            TailPrimaries.prototype.lost = $util.emptyArray;

            /**
             * Creates a new TailPrimaries instance using the specified properties.
             * @function create
             * @memberof meridian.tail.TailPrimaries
             * @static
             * @param {meridian.tail.TailPrimaries.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.TailPrimaries} TailPrimaries instance
             * @type {{
             *   (properties: meridian.tail.TailPrimaries.$Shape): meridian.tail.TailPrimaries & meridian.tail.TailPrimaries.$Shape;
             *   (properties?: meridian.tail.TailPrimaries.$Properties): meridian.tail.TailPrimaries;
             * }}
             */
            TailPrimaries.create = function(properties) {
                return new TailPrimaries(properties);
            };

            /**
             * Encodes the specified TailPrimaries message. Does not implicitly {@link meridian.tail.TailPrimaries.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.TailPrimaries
             * @static
             * @param {meridian.tail.TailPrimaries.$Properties} message TailPrimaries message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TailPrimaries.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.gained != null && message.gained.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).uint32s(message.gained);
                if (message.lost != null && message.lost.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.lost);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TailPrimaries message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.TailPrimaries
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.TailPrimaries & meridian.tail.TailPrimaries.$Shape} TailPrimaries
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TailPrimaries.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.TailPrimaries();
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
                                if (!(message.gained && message.gained.length))
                                    message.gained = [];
                                reader.uint32s(message.gained);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.gained && message.gained.length))
                                message.gained = [];
                            message.gained.push(reader.uint32());
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.lost && message.lost.length))
                                    message.lost = [];
                                reader.uint32s(message.lost);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.lost && message.lost.length))
                                message.lost = [];
                            message.lost.push(reader.uint32());
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

            return TailPrimaries;
        })();

        tail.XdrPing = (function() {

            /**
             * Properties of a XdrPing.
             * @typedef {Object} meridian.tail.XdrPing.$Properties
             * @property {number|null} [originId] XdrPing originId
             * @property {number|null} [ahead] XdrPing ahead
             * @property {number|null} [error] XdrPing error
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a XdrPing.
             * @memberof meridian.tail
             * @interface IXdrPing
             * @augments meridian.tail.XdrPing.$Properties
             * @deprecated Use meridian.tail.XdrPing.$Properties instead.
             */

            /**
             * Shape of a XdrPing.
             * @typedef {meridian.tail.XdrPing.$Properties} meridian.tail.XdrPing.$Shape
             */

            /**
             * Constructs a new XdrPing.
             * @memberof meridian.tail
             * @classdesc Represents a XdrPing.
             * @constructor
             * @param {meridian.tail.XdrPing.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const XdrPing = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * XdrPing originId.
             * @member {number} originId
             * @memberof meridian.tail.XdrPing
             * @instance
             */
            XdrPing.prototype.originId = 0;

            /**
             * XdrPing ahead.
             * @member {number} ahead
             * @memberof meridian.tail.XdrPing
             * @instance
             */
            XdrPing.prototype.ahead = 0;

            /**
             * XdrPing error.
             * @member {number} error
             * @memberof meridian.tail.XdrPing
             * @instance
             */
            XdrPing.prototype.error = 0;

            /**
             * Creates a new XdrPing instance using the specified properties.
             * @function create
             * @memberof meridian.tail.XdrPing
             * @static
             * @param {meridian.tail.XdrPing.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.XdrPing} XdrPing instance
             * @type {{
             *   (properties: meridian.tail.XdrPing.$Shape): meridian.tail.XdrPing & meridian.tail.XdrPing.$Shape;
             *   (properties?: meridian.tail.XdrPing.$Properties): meridian.tail.XdrPing;
             * }}
             */
            XdrPing.create = function(properties) {
                return new XdrPing(properties);
            };

            /**
             * Encodes the specified XdrPing message. Does not implicitly {@link meridian.tail.XdrPing.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.XdrPing
             * @static
             * @param {meridian.tail.XdrPing.$Properties} message XdrPing message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            XdrPing.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.originId != null && $Object.hasOwnProperty.call(message, "originId") && message.originId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.originId);
                if (message.ahead != null && $Object.hasOwnProperty.call(message, "ahead") && !$Object.is(message.ahead, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.ahead);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error") && !$Object.is(message.error, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.error);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a XdrPing message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.XdrPing
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.XdrPing & meridian.tail.XdrPing.$Shape} XdrPing
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            XdrPing.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.XdrPing();
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
                                message.originId = value;
                            else
                                delete message.originId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.ahead = value;
                            else
                                delete message.ahead;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.error = value;
                            else
                                delete message.error;
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

            return XdrPing;
        })();

        tail.XdrPong = (function() {

            /**
             * Properties of a XdrPong.
             * @typedef {Object} meridian.tail.XdrPong.$Properties
             * @property {number|null} [wall] XdrPong wall
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a XdrPong.
             * @memberof meridian.tail
             * @interface IXdrPong
             * @augments meridian.tail.XdrPong.$Properties
             * @deprecated Use meridian.tail.XdrPong.$Properties instead.
             */

            /**
             * Shape of a XdrPong.
             * @typedef {meridian.tail.XdrPong.$Properties} meridian.tail.XdrPong.$Shape
             */

            /**
             * Constructs a new XdrPong.
             * @memberof meridian.tail
             * @classdesc Represents a XdrPong.
             * @constructor
             * @param {meridian.tail.XdrPong.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const XdrPong = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * XdrPong wall.
             * @member {number} wall
             * @memberof meridian.tail.XdrPong
             * @instance
             */
            XdrPong.prototype.wall = 0;

            /**
             * Creates a new XdrPong instance using the specified properties.
             * @function create
             * @memberof meridian.tail.XdrPong
             * @static
             * @param {meridian.tail.XdrPong.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.XdrPong} XdrPong instance
             * @type {{
             *   (properties: meridian.tail.XdrPong.$Shape): meridian.tail.XdrPong & meridian.tail.XdrPong.$Shape;
             *   (properties?: meridian.tail.XdrPong.$Properties): meridian.tail.XdrPong;
             * }}
             */
            XdrPong.create = function(properties) {
                return new XdrPong(properties);
            };

            /**
             * Encodes the specified XdrPong message. Does not implicitly {@link meridian.tail.XdrPong.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.XdrPong
             * @static
             * @param {meridian.tail.XdrPong.$Properties} message XdrPong message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            XdrPong.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.wall != null && $Object.hasOwnProperty.call(message, "wall") && !$Object.is(message.wall, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.wall);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a XdrPong message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.XdrPong
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.XdrPong & meridian.tail.XdrPong.$Shape} XdrPong
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            XdrPong.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.XdrPong();
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
                                message.wall = value;
                            else
                                delete message.wall;
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

            return XdrPong;
        })();

        tail.TailOpen = (function() {

            /**
             * Properties of a TailOpen.
             * @typedef {Object} meridian.tail.TailOpen.$Properties
             * @property {number|null} [destinationId] TailOpen destinationId
             * @property {string|null} [destination] TailOpen destination
             * @property {string|null} [feed] TailOpen feed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TailOpen.
             * @memberof meridian.tail
             * @interface ITailOpen
             * @augments meridian.tail.TailOpen.$Properties
             * @deprecated Use meridian.tail.TailOpen.$Properties instead.
             */

            /**
             * Shape of a TailOpen.
             * @typedef {meridian.tail.TailOpen.$Properties} meridian.tail.TailOpen.$Shape
             */

            /**
             * Constructs a new TailOpen.
             * @memberof meridian.tail
             * @classdesc Represents a TailOpen.
             * @constructor
             * @param {meridian.tail.TailOpen.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TailOpen = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TailOpen destinationId.
             * @member {number} destinationId
             * @memberof meridian.tail.TailOpen
             * @instance
             */
            TailOpen.prototype.destinationId = 0;

            /**
             * TailOpen destination.
             * @member {string} destination
             * @memberof meridian.tail.TailOpen
             * @instance
             */
            TailOpen.prototype.destination = "";

            /**
             * TailOpen feed.
             * @member {string} feed
             * @memberof meridian.tail.TailOpen
             * @instance
             */
            TailOpen.prototype.feed = "";

            /**
             * Creates a new TailOpen instance using the specified properties.
             * @function create
             * @memberof meridian.tail.TailOpen
             * @static
             * @param {meridian.tail.TailOpen.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.TailOpen} TailOpen instance
             * @type {{
             *   (properties: meridian.tail.TailOpen.$Shape): meridian.tail.TailOpen & meridian.tail.TailOpen.$Shape;
             *   (properties?: meridian.tail.TailOpen.$Properties): meridian.tail.TailOpen;
             * }}
             */
            TailOpen.create = function(properties) {
                return new TailOpen(properties);
            };

            /**
             * Encodes the specified TailOpen message. Does not implicitly {@link meridian.tail.TailOpen.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.TailOpen
             * @static
             * @param {meridian.tail.TailOpen.$Properties} message TailOpen message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TailOpen.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.destinationId != null && $Object.hasOwnProperty.call(message, "destinationId") && message.destinationId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.destinationId);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.destination);
                if (message.feed != null && $Object.hasOwnProperty.call(message, "feed") && message.feed !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.feed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TailOpen message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.TailOpen
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.TailOpen & meridian.tail.TailOpen.$Shape} TailOpen
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TailOpen.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.TailOpen();
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
                                message.destinationId = value;
                            else
                                delete message.destinationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.destination = value;
                            else
                                delete message.destination;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.feed = value;
                            else
                                delete message.feed;
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

            return TailOpen;
        })();

        tail.TailSeek = (function() {

            /**
             * Properties of a TailSeek.
             * @typedef {Object} meridian.tail.TailSeek.$Properties
             * @property {number|null} [number] TailSeek number
             * @property {Array.<number>|null} [slots] TailSeek slots
             * @property {Array.<number>|null} [bases] TailSeek bases
             * @property {Array.<number>|null} [covered] TailSeek covered
             * @property {Array.<number>|null} [dropped] TailSeek dropped
             * @property {Array.<number>|null} [destinationLogIds] TailSeek destinationLogIds
             * @property {Array.<number>|null} [recovering] TailSeek recovering
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TailSeek.
             * @memberof meridian.tail
             * @interface ITailSeek
             * @augments meridian.tail.TailSeek.$Properties
             * @deprecated Use meridian.tail.TailSeek.$Properties instead.
             */

            /**
             * Shape of a TailSeek.
             * @typedef {meridian.tail.TailSeek.$Properties} meridian.tail.TailSeek.$Shape
             */

            /**
             * Constructs a new TailSeek.
             * @memberof meridian.tail
             * @classdesc Represents a TailSeek.
             * @constructor
             * @param {meridian.tail.TailSeek.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TailSeek = function (properties) {
                this.slots = [];
                this.bases = [];
                this.covered = [];
                this.dropped = [];
                this.destinationLogIds = [];
                this.recovering = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TailSeek number.
             * @member {number} number
             * @memberof meridian.tail.TailSeek
             * @instance
             */
            TailSeek.prototype.number = 0;

            /**
             * TailSeek slots.
             * @member {Array.<number>} slots
             * @memberof meridian.tail.TailSeek
             * @instance
             */
            TailSeek.prototype.slots = $util.emptyArray;

            /**
             * TailSeek bases.
             * @member {Array.<number>} bases
             * @memberof meridian.tail.TailSeek
             * @instance
             */
            TailSeek.prototype.bases = $util.emptyArray;

            /**
             * TailSeek covered.
             * @member {Array.<number>} covered
             * @memberof meridian.tail.TailSeek
             * @instance
             */
            TailSeek.prototype.covered = $util.emptyArray;

            /**
             * TailSeek dropped.
             * @member {Array.<number>} dropped
             * @memberof meridian.tail.TailSeek
             * @instance
             */
            TailSeek.prototype.dropped = $util.emptyArray;

            /**
             * TailSeek destinationLogIds.
             * @member {Array.<number>} destinationLogIds
             * @memberof meridian.tail.TailSeek
             * @instance
             */
            TailSeek.prototype.destinationLogIds = $util.emptyArray;

            /**
             * TailSeek recovering.
             * @member {Array.<number>} recovering
             * @memberof meridian.tail.TailSeek
             * @instance
             */
            TailSeek.prototype.recovering = $util.emptyArray;

            /**
             * Creates a new TailSeek instance using the specified properties.
             * @function create
             * @memberof meridian.tail.TailSeek
             * @static
             * @param {meridian.tail.TailSeek.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.TailSeek} TailSeek instance
             * @type {{
             *   (properties: meridian.tail.TailSeek.$Shape): meridian.tail.TailSeek & meridian.tail.TailSeek.$Shape;
             *   (properties?: meridian.tail.TailSeek.$Properties): meridian.tail.TailSeek;
             * }}
             */
            TailSeek.create = function(properties) {
                return new TailSeek(properties);
            };

            /**
             * Encodes the specified TailSeek message. Does not implicitly {@link meridian.tail.TailSeek.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.TailSeek
             * @static
             * @param {meridian.tail.TailSeek.$Properties} message TailSeek message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TailSeek.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && message.number !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.number);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.slots);
                if (message.bases != null && message.bases.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.bases);
                if (message.covered != null && message.covered.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.covered);
                if (message.dropped != null && message.dropped.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.dropped);
                if (message.destinationLogIds != null && message.destinationLogIds.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).doubles(message.destinationLogIds);
                if (message.recovering != null && message.recovering.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).uint32s(message.recovering);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TailSeek message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.TailSeek
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.TailSeek & meridian.tail.TailSeek.$Shape} TailSeek
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TailSeek.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.TailSeek();
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
                                message.number = value;
                            else
                                delete message.number;
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
                                if (!(message.bases && message.bases.length))
                                    message.bases = [];
                                reader.doubles(message.bases);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.bases && message.bases.length))
                                message.bases = [];
                            message.bases.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.covered && message.covered.length))
                                    message.covered = [];
                                reader.doubles(message.covered);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.covered && message.covered.length))
                                message.covered = [];
                            message.covered.push(reader.double());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.dropped && message.dropped.length))
                                    message.dropped = [];
                                reader.uint32s(message.dropped);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.dropped && message.dropped.length))
                                message.dropped = [];
                            message.dropped.push(reader.uint32());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.destinationLogIds && message.destinationLogIds.length))
                                    message.destinationLogIds = [];
                                reader.doubles(message.destinationLogIds);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.destinationLogIds && message.destinationLogIds.length))
                                message.destinationLogIds = [];
                            message.destinationLogIds.push(reader.double());
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.recovering && message.recovering.length))
                                    message.recovering = [];
                                reader.uint32s(message.recovering);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.recovering && message.recovering.length))
                                message.recovering = [];
                            message.recovering.push(reader.uint32());
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

            return TailSeek;
        })();

        tail.TailCredit = (function() {

            /**
             * Properties of a TailCredit.
             * @typedef {Object} meridian.tail.TailCredit.$Properties
             * @property {number|null} [bytes] TailCredit bytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TailCredit.
             * @memberof meridian.tail
             * @interface ITailCredit
             * @augments meridian.tail.TailCredit.$Properties
             * @deprecated Use meridian.tail.TailCredit.$Properties instead.
             */

            /**
             * Shape of a TailCredit.
             * @typedef {meridian.tail.TailCredit.$Properties} meridian.tail.TailCredit.$Shape
             */

            /**
             * Constructs a new TailCredit.
             * @memberof meridian.tail
             * @classdesc Represents a TailCredit.
             * @constructor
             * @param {meridian.tail.TailCredit.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TailCredit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TailCredit bytes.
             * @member {number} bytes
             * @memberof meridian.tail.TailCredit
             * @instance
             */
            TailCredit.prototype.bytes = 0;

            /**
             * Creates a new TailCredit instance using the specified properties.
             * @function create
             * @memberof meridian.tail.TailCredit
             * @static
             * @param {meridian.tail.TailCredit.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.TailCredit} TailCredit instance
             * @type {{
             *   (properties: meridian.tail.TailCredit.$Shape): meridian.tail.TailCredit & meridian.tail.TailCredit.$Shape;
             *   (properties?: meridian.tail.TailCredit.$Properties): meridian.tail.TailCredit;
             * }}
             */
            TailCredit.create = function(properties) {
                return new TailCredit(properties);
            };

            /**
             * Encodes the specified TailCredit message. Does not implicitly {@link meridian.tail.TailCredit.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.TailCredit
             * @static
             * @param {meridian.tail.TailCredit.$Properties} message TailCredit message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TailCredit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.bytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TailCredit message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.TailCredit
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.TailCredit & meridian.tail.TailCredit.$Shape} TailCredit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TailCredit.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.TailCredit();
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
                                message.bytes = value;
                            else
                                delete message.bytes;
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

            return TailCredit;
        })();

        tail.TailRuns = (function() {

            /**
             * Properties of a TailRuns.
             * @typedef {Object} meridian.tail.TailRuns.$Properties
             * @property {number|null} [seek] TailRuns seek
             * @property {Array.<number>|null} [slots] TailRuns slots
             * @property {Array.<number>|null} [from] TailRuns from
             * @property {Array.<number>|null} [span] TailRuns span
             * @property {Array.<number>|null} [counts] TailRuns counts
             * @property {Array.<number>|null} [bytes] TailRuns bytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TailRuns.
             * @memberof meridian.tail
             * @interface ITailRuns
             * @augments meridian.tail.TailRuns.$Properties
             * @deprecated Use meridian.tail.TailRuns.$Properties instead.
             */

            /**
             * Shape of a TailRuns.
             * @typedef {meridian.tail.TailRuns.$Properties} meridian.tail.TailRuns.$Shape
             */

            /**
             * Constructs a new TailRuns.
             * @memberof meridian.tail
             * @classdesc Represents a TailRuns.
             * @constructor
             * @param {meridian.tail.TailRuns.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TailRuns = function (properties) {
                this.slots = [];
                this.from = [];
                this.span = [];
                this.counts = [];
                this.bytes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TailRuns seek.
             * @member {number} seek
             * @memberof meridian.tail.TailRuns
             * @instance
             */
            TailRuns.prototype.seek = 0;

            /**
             * TailRuns slots.
             * @member {Array.<number>} slots
             * @memberof meridian.tail.TailRuns
             * @instance
             */
            TailRuns.prototype.slots = $util.emptyArray;

            /**
             * TailRuns from.
             * @member {Array.<number>} from
             * @memberof meridian.tail.TailRuns
             * @instance
             */
            TailRuns.prototype.from = $util.emptyArray;

            /**
             * TailRuns span.
             * @member {Array.<number>} span
             * @memberof meridian.tail.TailRuns
             * @instance
             */
            TailRuns.prototype.span = $util.emptyArray;

            /**
             * TailRuns counts.
             * @member {Array.<number>} counts
             * @memberof meridian.tail.TailRuns
             * @instance
             */
            TailRuns.prototype.counts = $util.emptyArray;

            /**
             * TailRuns bytes.
             * @member {Array.<number>} bytes
             * @memberof meridian.tail.TailRuns
             * @instance
             */
            TailRuns.prototype.bytes = $util.emptyArray;

            /**
             * Creates a new TailRuns instance using the specified properties.
             * @function create
             * @memberof meridian.tail.TailRuns
             * @static
             * @param {meridian.tail.TailRuns.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.TailRuns} TailRuns instance
             * @type {{
             *   (properties: meridian.tail.TailRuns.$Shape): meridian.tail.TailRuns & meridian.tail.TailRuns.$Shape;
             *   (properties?: meridian.tail.TailRuns.$Properties): meridian.tail.TailRuns;
             * }}
             */
            TailRuns.create = function(properties) {
                return new TailRuns(properties);
            };

            /**
             * Encodes the specified TailRuns message. Does not implicitly {@link meridian.tail.TailRuns.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.TailRuns
             * @static
             * @param {meridian.tail.TailRuns.$Properties} message TailRuns message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TailRuns.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.seek != null && $Object.hasOwnProperty.call(message, "seek") && message.seek !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.seek);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.slots);
                if (message.from != null && message.from.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.from);
                if (message.span != null && message.span.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.span);
                if (message.counts != null && message.counts.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.counts);
                if (message.bytes != null && message.bytes.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).uint32s(message.bytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TailRuns message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.TailRuns
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.TailRuns & meridian.tail.TailRuns.$Shape} TailRuns
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TailRuns.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.TailRuns();
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
                                message.seek = value;
                            else
                                delete message.seek;
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
                    case 4: {
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
                    case 6: {
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

            return TailRuns;
        })();

        tail.TailTrimmed = (function() {

            /**
             * Properties of a TailTrimmed.
             * @typedef {Object} meridian.tail.TailTrimmed.$Properties
             * @property {number|null} [seek] TailTrimmed seek
             * @property {Array.<number>|null} [slots] TailTrimmed slots
             * @property {Array.<number>|null} [firsts] TailTrimmed firsts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TailTrimmed.
             * @memberof meridian.tail
             * @interface ITailTrimmed
             * @augments meridian.tail.TailTrimmed.$Properties
             * @deprecated Use meridian.tail.TailTrimmed.$Properties instead.
             */

            /**
             * Shape of a TailTrimmed.
             * @typedef {meridian.tail.TailTrimmed.$Properties} meridian.tail.TailTrimmed.$Shape
             */

            /**
             * Constructs a new TailTrimmed.
             * @memberof meridian.tail
             * @classdesc Represents a TailTrimmed.
             * @constructor
             * @param {meridian.tail.TailTrimmed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TailTrimmed = function (properties) {
                this.slots = [];
                this.firsts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TailTrimmed seek.
             * @member {number} seek
             * @memberof meridian.tail.TailTrimmed
             * @instance
             */
            TailTrimmed.prototype.seek = 0;

            /**
             * TailTrimmed slots.
             * @member {Array.<number>} slots
             * @memberof meridian.tail.TailTrimmed
             * @instance
             */
            TailTrimmed.prototype.slots = $util.emptyArray;

            /**
             * TailTrimmed firsts.
             * @member {Array.<number>} firsts
             * @memberof meridian.tail.TailTrimmed
             * @instance
             */
            TailTrimmed.prototype.firsts = $util.emptyArray;

            /**
             * Creates a new TailTrimmed instance using the specified properties.
             * @function create
             * @memberof meridian.tail.TailTrimmed
             * @static
             * @param {meridian.tail.TailTrimmed.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.TailTrimmed} TailTrimmed instance
             * @type {{
             *   (properties: meridian.tail.TailTrimmed.$Shape): meridian.tail.TailTrimmed & meridian.tail.TailTrimmed.$Shape;
             *   (properties?: meridian.tail.TailTrimmed.$Properties): meridian.tail.TailTrimmed;
             * }}
             */
            TailTrimmed.create = function(properties) {
                return new TailTrimmed(properties);
            };

            /**
             * Encodes the specified TailTrimmed message. Does not implicitly {@link meridian.tail.TailTrimmed.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.TailTrimmed
             * @static
             * @param {meridian.tail.TailTrimmed.$Properties} message TailTrimmed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TailTrimmed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.seek != null && $Object.hasOwnProperty.call(message, "seek") && message.seek !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.seek);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.slots);
                if (message.firsts != null && message.firsts.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.firsts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TailTrimmed message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.TailTrimmed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.TailTrimmed & meridian.tail.TailTrimmed.$Shape} TailTrimmed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TailTrimmed.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.TailTrimmed();
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
                                message.seek = value;
                            else
                                delete message.seek;
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

            return TailTrimmed;
        })();

        tail.TailStatus = (function() {

            /**
             * Properties of a TailStatus.
             * @typedef {Object} meridian.tail.TailStatus.$Properties
             * @property {number|null} [seek] TailStatus seek
             * @property {Array.<number>|null} [slots] TailStatus slots
             * @property {Array.<number>|null} [next] TailStatus next
             * @property {Array.<number>|null} [committed] TailStatus committed
             * @property {Array.<number>|null} [changes] TailStatus changes
             * @property {Array.<number>|null} [throttled] TailStatus throttled
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TailStatus.
             * @memberof meridian.tail
             * @interface ITailStatus
             * @augments meridian.tail.TailStatus.$Properties
             * @deprecated Use meridian.tail.TailStatus.$Properties instead.
             */

            /**
             * Shape of a TailStatus.
             * @typedef {meridian.tail.TailStatus.$Properties} meridian.tail.TailStatus.$Shape
             */

            /**
             * Constructs a new TailStatus.
             * @memberof meridian.tail
             * @classdesc Represents a TailStatus.
             * @constructor
             * @param {meridian.tail.TailStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TailStatus = function (properties) {
                this.slots = [];
                this.next = [];
                this.committed = [];
                this.changes = [];
                this.throttled = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TailStatus seek.
             * @member {number} seek
             * @memberof meridian.tail.TailStatus
             * @instance
             */
            TailStatus.prototype.seek = 0;

            /**
             * TailStatus slots.
             * @member {Array.<number>} slots
             * @memberof meridian.tail.TailStatus
             * @instance
             */
            TailStatus.prototype.slots = $util.emptyArray;

            /**
             * TailStatus next.
             * @member {Array.<number>} next
             * @memberof meridian.tail.TailStatus
             * @instance
             */
            TailStatus.prototype.next = $util.emptyArray;

            /**
             * TailStatus committed.
             * @member {Array.<number>} committed
             * @memberof meridian.tail.TailStatus
             * @instance
             */
            TailStatus.prototype.committed = $util.emptyArray;

            /**
             * TailStatus changes.
             * @member {Array.<number>} changes
             * @memberof meridian.tail.TailStatus
             * @instance
             */
            TailStatus.prototype.changes = $util.emptyArray;

            /**
             * TailStatus throttled.
             * @member {Array.<number>} throttled
             * @memberof meridian.tail.TailStatus
             * @instance
             */
            TailStatus.prototype.throttled = $util.emptyArray;

            /**
             * Creates a new TailStatus instance using the specified properties.
             * @function create
             * @memberof meridian.tail.TailStatus
             * @static
             * @param {meridian.tail.TailStatus.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.TailStatus} TailStatus instance
             * @type {{
             *   (properties: meridian.tail.TailStatus.$Shape): meridian.tail.TailStatus & meridian.tail.TailStatus.$Shape;
             *   (properties?: meridian.tail.TailStatus.$Properties): meridian.tail.TailStatus;
             * }}
             */
            TailStatus.create = function(properties) {
                return new TailStatus(properties);
            };

            /**
             * Encodes the specified TailStatus message. Does not implicitly {@link meridian.tail.TailStatus.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.TailStatus
             * @static
             * @param {meridian.tail.TailStatus.$Properties} message TailStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TailStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.seek != null && $Object.hasOwnProperty.call(message, "seek") && message.seek !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.seek);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.slots);
                if (message.next != null && message.next.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.next);
                if (message.committed != null && message.committed.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.committed);
                if (message.changes != null && message.changes.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.changes);
                if (message.throttled != null && message.throttled.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).uint32s(message.throttled);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TailStatus message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.TailStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.TailStatus & meridian.tail.TailStatus.$Shape} TailStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TailStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.TailStatus();
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
                                message.seek = value;
                            else
                                delete message.seek;
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
                                if (!(message.next && message.next.length))
                                    message.next = [];
                                reader.doubles(message.next);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.next && message.next.length))
                                message.next = [];
                            message.next.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.committed && message.committed.length))
                                    message.committed = [];
                                reader.doubles(message.committed);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.committed && message.committed.length))
                                message.committed = [];
                            message.committed.push(reader.double());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.changes && message.changes.length))
                                    message.changes = [];
                                reader.doubles(message.changes);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            message.changes.push(reader.double());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.throttled && message.throttled.length))
                                    message.throttled = [];
                                reader.uint32s(message.throttled);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.throttled && message.throttled.length))
                                message.throttled = [];
                            message.throttled.push(reader.uint32());
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

            return TailStatus;
        })();

        tail.Shipped = (function() {

            /**
             * Properties of a Shipped.
             * @typedef {Object} meridian.tail.Shipped.$Properties
             * @property {number|null} [destinationId] Shipped destinationId
             * @property {Array.<number>|null} [slots] Shipped slots
             * @property {Array.<number>|null} [bases] Shipped bases
             * @property {Array.<number>|null} [covered] Shipped covered
             * @property {Array.<number>|null} [logIds] Shipped logIds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Shipped.
             * @memberof meridian.tail
             * @interface IShipped
             * @augments meridian.tail.Shipped.$Properties
             * @deprecated Use meridian.tail.Shipped.$Properties instead.
             */

            /**
             * Shape of a Shipped.
             * @typedef {meridian.tail.Shipped.$Properties} meridian.tail.Shipped.$Shape
             */

            /**
             * Constructs a new Shipped.
             * @memberof meridian.tail
             * @classdesc Represents a Shipped.
             * @constructor
             * @param {meridian.tail.Shipped.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Shipped = function (properties) {
                this.slots = [];
                this.bases = [];
                this.covered = [];
                this.logIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Shipped destinationId.
             * @member {number} destinationId
             * @memberof meridian.tail.Shipped
             * @instance
             */
            Shipped.prototype.destinationId = 0;

            /**
             * Shipped slots.
             * @member {Array.<number>} slots
             * @memberof meridian.tail.Shipped
             * @instance
             */
            Shipped.prototype.slots = $util.emptyArray;

            /**
             * Shipped bases.
             * @member {Array.<number>} bases
             * @memberof meridian.tail.Shipped
             * @instance
             */
            Shipped.prototype.bases = $util.emptyArray;

            /**
             * Shipped covered.
             * @member {Array.<number>} covered
             * @memberof meridian.tail.Shipped
             * @instance
             */
            Shipped.prototype.covered = $util.emptyArray;

            /**
             * Shipped logIds.
             * @member {Array.<number>} logIds
             * @memberof meridian.tail.Shipped
             * @instance
             */
            Shipped.prototype.logIds = $util.emptyArray;

            /**
             * Creates a new Shipped instance using the specified properties.
             * @function create
             * @memberof meridian.tail.Shipped
             * @static
             * @param {meridian.tail.Shipped.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.Shipped} Shipped instance
             * @type {{
             *   (properties: meridian.tail.Shipped.$Shape): meridian.tail.Shipped & meridian.tail.Shipped.$Shape;
             *   (properties?: meridian.tail.Shipped.$Properties): meridian.tail.Shipped;
             * }}
             */
            Shipped.create = function(properties) {
                return new Shipped(properties);
            };

            /**
             * Encodes the specified Shipped message. Does not implicitly {@link meridian.tail.Shipped.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.Shipped
             * @static
             * @param {meridian.tail.Shipped.$Properties} message Shipped message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Shipped.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.destinationId != null && $Object.hasOwnProperty.call(message, "destinationId") && message.destinationId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.destinationId);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.slots);
                if (message.bases != null && message.bases.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.bases);
                if (message.covered != null && message.covered.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.covered);
                if (message.logIds != null && message.logIds.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.logIds);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Shipped message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.Shipped
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.Shipped & meridian.tail.Shipped.$Shape} Shipped
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Shipped.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.Shipped();
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
                                message.destinationId = value;
                            else
                                delete message.destinationId;
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
                                if (!(message.bases && message.bases.length))
                                    message.bases = [];
                                reader.doubles(message.bases);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.bases && message.bases.length))
                                message.bases = [];
                            message.bases.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.covered && message.covered.length))
                                    message.covered = [];
                                reader.doubles(message.covered);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.covered && message.covered.length))
                                message.covered = [];
                            message.covered.push(reader.double());
                            continue;
                        }
                    case 5: {
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

            return Shipped;
        })();

        tail.ScanPull = (function() {

            /**
             * Properties of a ScanPull.
             * @typedef {Object} meridian.tail.ScanPull.$Properties
             * @property {number|null} [scan] ScanPull scan
             * @property {number|null} [slot] ScanPull slot
             * @property {number|null} [chunk] ScanPull chunk
             * @property {boolean|null} [mark] ScanPull mark
             * @property {number|null} [since] ScanPull since
             * @property {number|null} [base] ScanPull base
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScanPull.
             * @memberof meridian.tail
             * @interface IScanPull
             * @augments meridian.tail.ScanPull.$Properties
             * @deprecated Use meridian.tail.ScanPull.$Properties instead.
             */

            /**
             * Shape of a ScanPull.
             * @typedef {meridian.tail.ScanPull.$Properties} meridian.tail.ScanPull.$Shape
             */

            /**
             * Constructs a new ScanPull.
             * @memberof meridian.tail
             * @classdesc Represents a ScanPull.
             * @constructor
             * @param {meridian.tail.ScanPull.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScanPull = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ScanPull scan.
             * @member {number} scan
             * @memberof meridian.tail.ScanPull
             * @instance
             */
            ScanPull.prototype.scan = 0;

            /**
             * ScanPull slot.
             * @member {number} slot
             * @memberof meridian.tail.ScanPull
             * @instance
             */
            ScanPull.prototype.slot = 0;

            /**
             * ScanPull chunk.
             * @member {number} chunk
             * @memberof meridian.tail.ScanPull
             * @instance
             */
            ScanPull.prototype.chunk = 0;

            /**
             * ScanPull mark.
             * @member {boolean} mark
             * @memberof meridian.tail.ScanPull
             * @instance
             */
            ScanPull.prototype.mark = false;

            /**
             * ScanPull since.
             * @member {number} since
             * @memberof meridian.tail.ScanPull
             * @instance
             */
            ScanPull.prototype.since = 0;

            /**
             * ScanPull base.
             * @member {number} base
             * @memberof meridian.tail.ScanPull
             * @instance
             */
            ScanPull.prototype.base = 0;

            /**
             * Creates a new ScanPull instance using the specified properties.
             * @function create
             * @memberof meridian.tail.ScanPull
             * @static
             * @param {meridian.tail.ScanPull.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.ScanPull} ScanPull instance
             * @type {{
             *   (properties: meridian.tail.ScanPull.$Shape): meridian.tail.ScanPull & meridian.tail.ScanPull.$Shape;
             *   (properties?: meridian.tail.ScanPull.$Properties): meridian.tail.ScanPull;
             * }}
             */
            ScanPull.create = function(properties) {
                return new ScanPull(properties);
            };

            /**
             * Encodes the specified ScanPull message. Does not implicitly {@link meridian.tail.ScanPull.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.ScanPull
             * @static
             * @param {meridian.tail.ScanPull.$Properties} message ScanPull message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScanPull.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.scan != null && $Object.hasOwnProperty.call(message, "scan") && !$Object.is(message.scan, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.scan);
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.slot);
                if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.chunk);
                if (message.mark != null && $Object.hasOwnProperty.call(message, "mark") && message.mark !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.mark);
                if (message.since != null && $Object.hasOwnProperty.call(message, "since") && !$Object.is(message.since, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.since);
                if (message.base != null && $Object.hasOwnProperty.call(message, "base") && !$Object.is(message.base, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.base);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScanPull message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.ScanPull
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.ScanPull & meridian.tail.ScanPull.$Shape} ScanPull
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScanPull.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.ScanPull();
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
                                message.scan = value;
                            else
                                delete message.scan;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chunk = value;
                            else
                                delete message.chunk;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.mark = value;
                            else
                                delete message.mark;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.since = value;
                            else
                                delete message.since;
                            continue;
                        }
                    case 6: {
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

            return ScanPull;
        })();

        tail.ScanDrop = (function() {

            /**
             * Properties of a ScanDrop.
             * @typedef {Object} meridian.tail.ScanDrop.$Properties
             * @property {number|null} [scan] ScanDrop scan
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScanDrop.
             * @memberof meridian.tail
             * @interface IScanDrop
             * @augments meridian.tail.ScanDrop.$Properties
             * @deprecated Use meridian.tail.ScanDrop.$Properties instead.
             */

            /**
             * Shape of a ScanDrop.
             * @typedef {meridian.tail.ScanDrop.$Properties} meridian.tail.ScanDrop.$Shape
             */

            /**
             * Constructs a new ScanDrop.
             * @memberof meridian.tail
             * @classdesc Represents a ScanDrop.
             * @constructor
             * @param {meridian.tail.ScanDrop.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScanDrop = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ScanDrop scan.
             * @member {number} scan
             * @memberof meridian.tail.ScanDrop
             * @instance
             */
            ScanDrop.prototype.scan = 0;

            /**
             * Creates a new ScanDrop instance using the specified properties.
             * @function create
             * @memberof meridian.tail.ScanDrop
             * @static
             * @param {meridian.tail.ScanDrop.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.ScanDrop} ScanDrop instance
             * @type {{
             *   (properties: meridian.tail.ScanDrop.$Shape): meridian.tail.ScanDrop & meridian.tail.ScanDrop.$Shape;
             *   (properties?: meridian.tail.ScanDrop.$Properties): meridian.tail.ScanDrop;
             * }}
             */
            ScanDrop.create = function(properties) {
                return new ScanDrop(properties);
            };

            /**
             * Encodes the specified ScanDrop message. Does not implicitly {@link meridian.tail.ScanDrop.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.ScanDrop
             * @static
             * @param {meridian.tail.ScanDrop.$Properties} message ScanDrop message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScanDrop.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.scan != null && $Object.hasOwnProperty.call(message, "scan") && !$Object.is(message.scan, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.scan);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScanDrop message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.ScanDrop
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.ScanDrop & meridian.tail.ScanDrop.$Shape} ScanDrop
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScanDrop.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.ScanDrop();
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
                                message.scan = value;
                            else
                                delete message.scan;
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

            return ScanDrop;
        })();

        tail.ScanChunk = (function() {

            /**
             * Properties of a ScanChunk.
             * @typedef {Object} meridian.tail.ScanChunk.$Properties
             * @property {number|null} [scan] ScanChunk scan
             * @property {number|null} [slot] ScanChunk slot
             * @property {number|null} [chunk] ScanChunk chunk
             * @property {boolean|null} [last] ScanChunk last
             * @property {number|null} [to] ScanChunk to
             * @property {number|null} [records] ScanChunk records
             * @property {string|null} [error] ScanChunk error
             * @property {number|null} [changes] ScanChunk changes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScanChunk.
             * @memberof meridian.tail
             * @interface IScanChunk
             * @augments meridian.tail.ScanChunk.$Properties
             * @deprecated Use meridian.tail.ScanChunk.$Properties instead.
             */

            /**
             * Shape of a ScanChunk.
             * @typedef {meridian.tail.ScanChunk.$Properties} meridian.tail.ScanChunk.$Shape
             */

            /**
             * Constructs a new ScanChunk.
             * @memberof meridian.tail
             * @classdesc Represents a ScanChunk.
             * @constructor
             * @param {meridian.tail.ScanChunk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScanChunk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ScanChunk scan.
             * @member {number} scan
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.scan = 0;

            /**
             * ScanChunk slot.
             * @member {number} slot
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.slot = 0;

            /**
             * ScanChunk chunk.
             * @member {number} chunk
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.chunk = 0;

            /**
             * ScanChunk last.
             * @member {boolean} last
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.last = false;

            /**
             * ScanChunk to.
             * @member {number} to
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.to = 0;

            /**
             * ScanChunk records.
             * @member {number} records
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.records = 0;

            /**
             * ScanChunk error.
             * @member {string} error
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.error = "";

            /**
             * ScanChunk changes.
             * @member {number} changes
             * @memberof meridian.tail.ScanChunk
             * @instance
             */
            ScanChunk.prototype.changes = 0;

            /**
             * Creates a new ScanChunk instance using the specified properties.
             * @function create
             * @memberof meridian.tail.ScanChunk
             * @static
             * @param {meridian.tail.ScanChunk.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.ScanChunk} ScanChunk instance
             * @type {{
             *   (properties: meridian.tail.ScanChunk.$Shape): meridian.tail.ScanChunk & meridian.tail.ScanChunk.$Shape;
             *   (properties?: meridian.tail.ScanChunk.$Properties): meridian.tail.ScanChunk;
             * }}
             */
            ScanChunk.create = function(properties) {
                return new ScanChunk(properties);
            };

            /**
             * Encodes the specified ScanChunk message. Does not implicitly {@link meridian.tail.ScanChunk.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.ScanChunk
             * @static
             * @param {meridian.tail.ScanChunk.$Properties} message ScanChunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScanChunk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.scan != null && $Object.hasOwnProperty.call(message, "scan") && !$Object.is(message.scan, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.scan);
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.slot);
                if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.chunk);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.last);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && !$Object.is(message.to, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.to);
                if (message.records != null && $Object.hasOwnProperty.call(message, "records") && message.records !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.records);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.error);
                if (message.changes != null && $Object.hasOwnProperty.call(message, "changes") && !$Object.is(message.changes, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.changes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScanChunk message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.ScanChunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.ScanChunk & meridian.tail.ScanChunk.$Shape} ScanChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScanChunk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.ScanChunk();
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
                                message.scan = value;
                            else
                                delete message.scan;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chunk = value;
                            else
                                delete message.chunk;
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
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.records = value;
                            else
                                delete message.records;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.error = value;
                            else
                                delete message.error;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.changes = value;
                            else
                                delete message.changes;
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

            return ScanChunk;
        })();

        tail.FeedPosition = (function() {

            /**
             * Properties of a FeedPosition.
             * @typedef {Object} meridian.tail.FeedPosition.$Properties
             * @property {string|null} [consumer] FeedPosition consumer
             * @property {number|null} [logId] FeedPosition logId
             * @property {Array.<number>|null} [partitions] FeedPosition partitions
             * @property {Array.<number>|null} [lasts] FeedPosition lasts
             * @property {Array.<number>|null} [covered] FeedPosition covered
             * @property {string|null} [stream] FeedPosition stream
             * @property {number|null} [streamLast] FeedPosition streamLast
             * @property {boolean|null} [open] FeedPosition open
             * @property {Array.<number>|null} [moves] FeedPosition moves
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedPosition.
             * @memberof meridian.tail
             * @interface IFeedPosition
             * @augments meridian.tail.FeedPosition.$Properties
             * @deprecated Use meridian.tail.FeedPosition.$Properties instead.
             */

            /**
             * Shape of a FeedPosition.
             * @typedef {meridian.tail.FeedPosition.$Properties} meridian.tail.FeedPosition.$Shape
             */

            /**
             * Constructs a new FeedPosition.
             * @memberof meridian.tail
             * @classdesc Represents a FeedPosition.
             * @constructor
             * @param {meridian.tail.FeedPosition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedPosition = function (properties) {
                this.partitions = [];
                this.lasts = [];
                this.covered = [];
                this.moves = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedPosition consumer.
             * @member {string} consumer
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.consumer = "";

            /**
             * FeedPosition logId.
             * @member {number} logId
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.logId = 0;

            /**
             * FeedPosition partitions.
             * @member {Array.<number>} partitions
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.partitions = $util.emptyArray;

            /**
             * FeedPosition lasts.
             * @member {Array.<number>} lasts
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.lasts = $util.emptyArray;

            /**
             * FeedPosition covered.
             * @member {Array.<number>} covered
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.covered = $util.emptyArray;

            /**
             * FeedPosition stream.
             * @member {string} stream
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.stream = "";

            /**
             * FeedPosition streamLast.
             * @member {number} streamLast
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.streamLast = 0;

            /**
             * FeedPosition open.
             * @member {boolean} open
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.open = false;

            /**
             * FeedPosition moves.
             * @member {Array.<number>} moves
             * @memberof meridian.tail.FeedPosition
             * @instance
             */
            FeedPosition.prototype.moves = $util.emptyArray;

            /**
             * Creates a new FeedPosition instance using the specified properties.
             * @function create
             * @memberof meridian.tail.FeedPosition
             * @static
             * @param {meridian.tail.FeedPosition.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.FeedPosition} FeedPosition instance
             * @type {{
             *   (properties: meridian.tail.FeedPosition.$Shape): meridian.tail.FeedPosition & meridian.tail.FeedPosition.$Shape;
             *   (properties?: meridian.tail.FeedPosition.$Properties): meridian.tail.FeedPosition;
             * }}
             */
            FeedPosition.create = function(properties) {
                return new FeedPosition(properties);
            };

            /**
             * Encodes the specified FeedPosition message. Does not implicitly {@link meridian.tail.FeedPosition.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.FeedPosition
             * @static
             * @param {meridian.tail.FeedPosition.$Properties} message FeedPosition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedPosition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.consumer != null && $Object.hasOwnProperty.call(message, "consumer") && message.consumer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.consumer);
                if (message.logId != null && $Object.hasOwnProperty.call(message, "logId") && !$Object.is(message.logId, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.logId);
                if (message.partitions != null && message.partitions.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.partitions);
                if (message.lasts != null && message.lasts.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.lasts);
                if (message.covered != null && message.covered.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.covered);
                if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.stream);
                if (message.streamLast != null && $Object.hasOwnProperty.call(message, "streamLast") && !$Object.is(message.streamLast, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.streamLast);
                if (message.open != null && $Object.hasOwnProperty.call(message, "open") && message.open !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.open);
                if (message.moves != null && message.moves.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).doubles(message.moves);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedPosition message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.FeedPosition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPosition & meridian.tail.FeedPosition.$Shape} FeedPosition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedPosition.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.FeedPosition();
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
                                message.consumer = value;
                            else
                                delete message.consumer;
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
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.lasts && message.lasts.length))
                                    message.lasts = [];
                                reader.doubles(message.lasts);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.lasts && message.lasts.length))
                                message.lasts = [];
                            message.lasts.push(reader.double());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.covered && message.covered.length))
                                    message.covered = [];
                                reader.doubles(message.covered);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.covered && message.covered.length))
                                message.covered = [];
                            message.covered.push(reader.double());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.stream = value;
                            else
                                delete message.stream;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.streamLast = value;
                            else
                                delete message.streamLast;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.open = value;
                            else
                                delete message.open;
                            continue;
                        }
                    case 9: {
                            if (wireType === 2) {
                                if (!(message.moves && message.moves.length))
                                    message.moves = [];
                                reader.doubles(message.moves);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.moves && message.moves.length))
                                message.moves = [];
                            message.moves.push(reader.double());
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

            return FeedPosition;
        })();

        tail.FeedPositions = (function() {

            /**
             * Properties of a FeedPositions.
             * @typedef {Object} meridian.tail.FeedPositions.$Properties
             * @property {number|null} [request] FeedPositions request
             * @property {string|null} [feed] FeedPositions feed
             * @property {Array.<meridian.tail.FeedPosition.$Properties>|null} [positions] FeedPositions positions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedPositions.
             * @memberof meridian.tail
             * @interface IFeedPositions
             * @augments meridian.tail.FeedPositions.$Properties
             * @deprecated Use meridian.tail.FeedPositions.$Properties instead.
             */

            /**
             * Shape of a FeedPositions.
             * @typedef {meridian.tail.FeedPositions.$Properties} meridian.tail.FeedPositions.$Shape
             */

            /**
             * Constructs a new FeedPositions.
             * @memberof meridian.tail
             * @classdesc Represents a FeedPositions.
             * @constructor
             * @param {meridian.tail.FeedPositions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedPositions = function (properties) {
                this.positions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedPositions request.
             * @member {number} request
             * @memberof meridian.tail.FeedPositions
             * @instance
             */
            FeedPositions.prototype.request = 0;

            /**
             * FeedPositions feed.
             * @member {string} feed
             * @memberof meridian.tail.FeedPositions
             * @instance
             */
            FeedPositions.prototype.feed = "";

            /**
             * FeedPositions positions.
             * @member {Array.<meridian.tail.FeedPosition.$Properties>} positions
             * @memberof meridian.tail.FeedPositions
             * @instance
             */
            FeedPositions.prototype.positions = $util.emptyArray;

            /**
             * Creates a new FeedPositions instance using the specified properties.
             * @function create
             * @memberof meridian.tail.FeedPositions
             * @static
             * @param {meridian.tail.FeedPositions.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.FeedPositions} FeedPositions instance
             * @type {{
             *   (properties: meridian.tail.FeedPositions.$Shape): meridian.tail.FeedPositions & meridian.tail.FeedPositions.$Shape;
             *   (properties?: meridian.tail.FeedPositions.$Properties): meridian.tail.FeedPositions;
             * }}
             */
            FeedPositions.create = function(properties) {
                return new FeedPositions(properties);
            };

            /**
             * Encodes the specified FeedPositions message. Does not implicitly {@link meridian.tail.FeedPositions.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.FeedPositions
             * @static
             * @param {meridian.tail.FeedPositions.$Properties} message FeedPositions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedPositions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.feed != null && $Object.hasOwnProperty.call(message, "feed") && message.feed !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.feed);
                if (message.positions != null && message.positions.length)
                    for (let i = 0; i < message.positions.length; ++i)
                        $root.meridian.tail.FeedPosition.encode(message.positions[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedPositions message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.FeedPositions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPositions & meridian.tail.FeedPositions.$Shape} FeedPositions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedPositions.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.FeedPositions();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.feed = value;
                            else
                                delete message.feed;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.positions && message.positions.length))
                                message.positions = [];
                            message.positions.push($root.meridian.tail.FeedPosition.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return FeedPositions;
        })();

        tail.FeedSaved = (function() {

            /**
             * Properties of a FeedSaved.
             * @typedef {Object} meridian.tail.FeedSaved.$Properties
             * @property {number|null} [request] FeedSaved request
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedSaved.
             * @memberof meridian.tail
             * @interface IFeedSaved
             * @augments meridian.tail.FeedSaved.$Properties
             * @deprecated Use meridian.tail.FeedSaved.$Properties instead.
             */

            /**
             * Shape of a FeedSaved.
             * @typedef {meridian.tail.FeedSaved.$Properties} meridian.tail.FeedSaved.$Shape
             */

            /**
             * Constructs a new FeedSaved.
             * @memberof meridian.tail
             * @classdesc Represents a FeedSaved.
             * @constructor
             * @param {meridian.tail.FeedSaved.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedSaved = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedSaved request.
             * @member {number} request
             * @memberof meridian.tail.FeedSaved
             * @instance
             */
            FeedSaved.prototype.request = 0;

            /**
             * Creates a new FeedSaved instance using the specified properties.
             * @function create
             * @memberof meridian.tail.FeedSaved
             * @static
             * @param {meridian.tail.FeedSaved.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.FeedSaved} FeedSaved instance
             * @type {{
             *   (properties: meridian.tail.FeedSaved.$Shape): meridian.tail.FeedSaved & meridian.tail.FeedSaved.$Shape;
             *   (properties?: meridian.tail.FeedSaved.$Properties): meridian.tail.FeedSaved;
             * }}
             */
            FeedSaved.create = function(properties) {
                return new FeedSaved(properties);
            };

            /**
             * Encodes the specified FeedSaved message. Does not implicitly {@link meridian.tail.FeedSaved.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.FeedSaved
             * @static
             * @param {meridian.tail.FeedSaved.$Properties} message FeedSaved message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedSaved.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedSaved message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.FeedSaved
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.FeedSaved & meridian.tail.FeedSaved.$Shape} FeedSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedSaved.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.FeedSaved();
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

            return FeedSaved;
        })();

        tail.FeedAsk = (function() {

            /**
             * Properties of a FeedAsk.
             * @typedef {Object} meridian.tail.FeedAsk.$Properties
             * @property {number|null} [request] FeedAsk request
             * @property {string|null} [feed] FeedAsk feed
             * @property {Array.<string>|null} [consumers] FeedAsk consumers
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedAsk.
             * @memberof meridian.tail
             * @interface IFeedAsk
             * @augments meridian.tail.FeedAsk.$Properties
             * @deprecated Use meridian.tail.FeedAsk.$Properties instead.
             */

            /**
             * Shape of a FeedAsk.
             * @typedef {meridian.tail.FeedAsk.$Properties} meridian.tail.FeedAsk.$Shape
             */

            /**
             * Constructs a new FeedAsk.
             * @memberof meridian.tail
             * @classdesc Represents a FeedAsk.
             * @constructor
             * @param {meridian.tail.FeedAsk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedAsk = function (properties) {
                this.consumers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedAsk request.
             * @member {number} request
             * @memberof meridian.tail.FeedAsk
             * @instance
             */
            FeedAsk.prototype.request = 0;

            /**
             * FeedAsk feed.
             * @member {string} feed
             * @memberof meridian.tail.FeedAsk
             * @instance
             */
            FeedAsk.prototype.feed = "";

            /**
             * FeedAsk consumers.
             * @member {Array.<string>} consumers
             * @memberof meridian.tail.FeedAsk
             * @instance
             */
            FeedAsk.prototype.consumers = $util.emptyArray;

            /**
             * Creates a new FeedAsk instance using the specified properties.
             * @function create
             * @memberof meridian.tail.FeedAsk
             * @static
             * @param {meridian.tail.FeedAsk.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.FeedAsk} FeedAsk instance
             * @type {{
             *   (properties: meridian.tail.FeedAsk.$Shape): meridian.tail.FeedAsk & meridian.tail.FeedAsk.$Shape;
             *   (properties?: meridian.tail.FeedAsk.$Properties): meridian.tail.FeedAsk;
             * }}
             */
            FeedAsk.create = function(properties) {
                return new FeedAsk(properties);
            };

            /**
             * Encodes the specified FeedAsk message. Does not implicitly {@link meridian.tail.FeedAsk.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.FeedAsk
             * @static
             * @param {meridian.tail.FeedAsk.$Properties} message FeedAsk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedAsk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.feed != null && $Object.hasOwnProperty.call(message, "feed") && message.feed !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.feed);
                if (message.consumers != null && message.consumers.length)
                    for (let i = 0; i < message.consumers.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.consumers[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedAsk message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.FeedAsk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.FeedAsk & meridian.tail.FeedAsk.$Shape} FeedAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedAsk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.FeedAsk();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.feed = value;
                            else
                                delete message.feed;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.consumers && message.consumers.length))
                                message.consumers = [];
                            message.consumers.push(reader.stringVerify());
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

            return FeedAsk;
        })();

        tail.FeedState = (function() {

            /**
             * Properties of a FeedState.
             * @typedef {Object} meridian.tail.FeedState.$Properties
             * @property {number|null} [request] FeedState request
             * @property {Array.<meridian.tail.FeedPosition.$Properties>|null} [positions] FeedState positions
             * @property {Array.<number>|null} [ends] FeedState ends
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedState.
             * @memberof meridian.tail
             * @interface IFeedState
             * @augments meridian.tail.FeedState.$Properties
             * @deprecated Use meridian.tail.FeedState.$Properties instead.
             */

            /**
             * Shape of a FeedState.
             * @typedef {meridian.tail.FeedState.$Properties} meridian.tail.FeedState.$Shape
             */

            /**
             * Constructs a new FeedState.
             * @memberof meridian.tail
             * @classdesc Represents a FeedState.
             * @constructor
             * @param {meridian.tail.FeedState.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedState = function (properties) {
                this.positions = [];
                this.ends = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedState request.
             * @member {number} request
             * @memberof meridian.tail.FeedState
             * @instance
             */
            FeedState.prototype.request = 0;

            /**
             * FeedState positions.
             * @member {Array.<meridian.tail.FeedPosition.$Properties>} positions
             * @memberof meridian.tail.FeedState
             * @instance
             */
            FeedState.prototype.positions = $util.emptyArray;

            /**
             * FeedState ends.
             * @member {Array.<number>} ends
             * @memberof meridian.tail.FeedState
             * @instance
             */
            FeedState.prototype.ends = $util.emptyArray;

            /**
             * Creates a new FeedState instance using the specified properties.
             * @function create
             * @memberof meridian.tail.FeedState
             * @static
             * @param {meridian.tail.FeedState.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.FeedState} FeedState instance
             * @type {{
             *   (properties: meridian.tail.FeedState.$Shape): meridian.tail.FeedState & meridian.tail.FeedState.$Shape;
             *   (properties?: meridian.tail.FeedState.$Properties): meridian.tail.FeedState;
             * }}
             */
            FeedState.create = function(properties) {
                return new FeedState(properties);
            };

            /**
             * Encodes the specified FeedState message. Does not implicitly {@link meridian.tail.FeedState.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.FeedState
             * @static
             * @param {meridian.tail.FeedState.$Properties} message FeedState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.positions != null && message.positions.length)
                    for (let i = 0; i < message.positions.length; ++i)
                        $root.meridian.tail.FeedPosition.encode(message.positions[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.ends != null && message.ends.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.ends);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedState message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.FeedState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.FeedState & meridian.tail.FeedState.$Shape} FeedState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedState.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.FeedState();
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
                            if (wireType !== 2)
                                break;
                            if (!(message.positions && message.positions.length))
                                message.positions = [];
                            message.positions.push($root.meridian.tail.FeedPosition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.ends && message.ends.length))
                                    message.ends = [];
                                reader.doubles(message.ends);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.ends && message.ends.length))
                                message.ends = [];
                            message.ends.push(reader.double());
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

            return FeedState;
        })();

        tail.FeedPlacesAsk = (function() {

            /**
             * Properties of a FeedPlacesAsk.
             * @typedef {Object} meridian.tail.FeedPlacesAsk.$Properties
             * @property {number|null} [request] FeedPlacesAsk request
             * @property {boolean|null} [vectors] FeedPlacesAsk vectors
             * @property {Array.<number>|null} [slots] FeedPlacesAsk slots
             * @property {Array.<number>|null} [sequences] FeedPlacesAsk sequences
             * @property {Array.<number>|null} [counts] FeedPlacesAsk counts
             * @property {Array.<number>|null} [logs] FeedPlacesAsk logs
             * @property {Array.<number>|null} [lasts] FeedPlacesAsk lasts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedPlacesAsk.
             * @memberof meridian.tail
             * @interface IFeedPlacesAsk
             * @augments meridian.tail.FeedPlacesAsk.$Properties
             * @deprecated Use meridian.tail.FeedPlacesAsk.$Properties instead.
             */

            /**
             * Shape of a FeedPlacesAsk.
             * @typedef {meridian.tail.FeedPlacesAsk.$Properties} meridian.tail.FeedPlacesAsk.$Shape
             */

            /**
             * Constructs a new FeedPlacesAsk.
             * @memberof meridian.tail
             * @classdesc Represents a FeedPlacesAsk.
             * @constructor
             * @param {meridian.tail.FeedPlacesAsk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedPlacesAsk = function (properties) {
                this.slots = [];
                this.sequences = [];
                this.counts = [];
                this.logs = [];
                this.lasts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedPlacesAsk request.
             * @member {number} request
             * @memberof meridian.tail.FeedPlacesAsk
             * @instance
             */
            FeedPlacesAsk.prototype.request = 0;

            /**
             * FeedPlacesAsk vectors.
             * @member {boolean} vectors
             * @memberof meridian.tail.FeedPlacesAsk
             * @instance
             */
            FeedPlacesAsk.prototype.vectors = false;

            /**
             * FeedPlacesAsk slots.
             * @member {Array.<number>} slots
             * @memberof meridian.tail.FeedPlacesAsk
             * @instance
             */
            FeedPlacesAsk.prototype.slots = $util.emptyArray;

            /**
             * FeedPlacesAsk sequences.
             * @member {Array.<number>} sequences
             * @memberof meridian.tail.FeedPlacesAsk
             * @instance
             */
            FeedPlacesAsk.prototype.sequences = $util.emptyArray;

            /**
             * FeedPlacesAsk counts.
             * @member {Array.<number>} counts
             * @memberof meridian.tail.FeedPlacesAsk
             * @instance
             */
            FeedPlacesAsk.prototype.counts = $util.emptyArray;

            /**
             * FeedPlacesAsk logs.
             * @member {Array.<number>} logs
             * @memberof meridian.tail.FeedPlacesAsk
             * @instance
             */
            FeedPlacesAsk.prototype.logs = $util.emptyArray;

            /**
             * FeedPlacesAsk lasts.
             * @member {Array.<number>} lasts
             * @memberof meridian.tail.FeedPlacesAsk
             * @instance
             */
            FeedPlacesAsk.prototype.lasts = $util.emptyArray;

            /**
             * Creates a new FeedPlacesAsk instance using the specified properties.
             * @function create
             * @memberof meridian.tail.FeedPlacesAsk
             * @static
             * @param {meridian.tail.FeedPlacesAsk.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.FeedPlacesAsk} FeedPlacesAsk instance
             * @type {{
             *   (properties: meridian.tail.FeedPlacesAsk.$Shape): meridian.tail.FeedPlacesAsk & meridian.tail.FeedPlacesAsk.$Shape;
             *   (properties?: meridian.tail.FeedPlacesAsk.$Properties): meridian.tail.FeedPlacesAsk;
             * }}
             */
            FeedPlacesAsk.create = function(properties) {
                return new FeedPlacesAsk(properties);
            };

            /**
             * Encodes the specified FeedPlacesAsk message. Does not implicitly {@link meridian.tail.FeedPlacesAsk.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.FeedPlacesAsk
             * @static
             * @param {meridian.tail.FeedPlacesAsk.$Properties} message FeedPlacesAsk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedPlacesAsk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.request);
                if (message.vectors != null && $Object.hasOwnProperty.call(message, "vectors") && message.vectors !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.vectors);
                if (message.slots != null && message.slots.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.slots);
                if (message.sequences != null && message.sequences.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.sequences);
                if (message.counts != null && message.counts.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.counts);
                if (message.logs != null && message.logs.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).doubles(message.logs);
                if (message.lasts != null && message.lasts.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).doubles(message.lasts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedPlacesAsk message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.FeedPlacesAsk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPlacesAsk & meridian.tail.FeedPlacesAsk.$Shape} FeedPlacesAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedPlacesAsk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.FeedPlacesAsk();
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
                            if (value = reader.bool())
                                message.vectors = value;
                            else
                                delete message.vectors;
                            continue;
                        }
                    case 3: {
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
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.sequences && message.sequences.length))
                                    message.sequences = [];
                                reader.doubles(message.sequences);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.sequences && message.sequences.length))
                                message.sequences = [];
                            message.sequences.push(reader.double());
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
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.logs && message.logs.length))
                                    message.logs = [];
                                reader.doubles(message.logs);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.logs && message.logs.length))
                                message.logs = [];
                            message.logs.push(reader.double());
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.lasts && message.lasts.length))
                                    message.lasts = [];
                                reader.doubles(message.lasts);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.lasts && message.lasts.length))
                                message.lasts = [];
                            message.lasts.push(reader.double());
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

            return FeedPlacesAsk;
        })();

        tail.FeedPlaces = (function() {

            /**
             * Properties of a FeedPlaces.
             * @typedef {Object} meridian.tail.FeedPlaces.$Properties
             * @property {number|null} [request] FeedPlaces request
             * @property {Array.<number>|null} [slots] FeedPlaces slots
             * @property {Array.<number>|null} [sequences] FeedPlaces sequences
             * @property {Array.<number>|null} [counts] FeedPlaces counts
             * @property {Array.<number>|null} [logs] FeedPlaces logs
             * @property {Array.<number>|null} [lasts] FeedPlaces lasts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedPlaces.
             * @memberof meridian.tail
             * @interface IFeedPlaces
             * @augments meridian.tail.FeedPlaces.$Properties
             * @deprecated Use meridian.tail.FeedPlaces.$Properties instead.
             */

            /**
             * Shape of a FeedPlaces.
             * @typedef {meridian.tail.FeedPlaces.$Properties} meridian.tail.FeedPlaces.$Shape
             */

            /**
             * Constructs a new FeedPlaces.
             * @memberof meridian.tail
             * @classdesc Represents a FeedPlaces.
             * @constructor
             * @param {meridian.tail.FeedPlaces.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedPlaces = function (properties) {
                this.slots = [];
                this.sequences = [];
                this.counts = [];
                this.logs = [];
                this.lasts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedPlaces request.
             * @member {number} request
             * @memberof meridian.tail.FeedPlaces
             * @instance
             */
            FeedPlaces.prototype.request = 0;

            /**
             * FeedPlaces slots.
             * @member {Array.<number>} slots
             * @memberof meridian.tail.FeedPlaces
             * @instance
             */
            FeedPlaces.prototype.slots = $util.emptyArray;

            /**
             * FeedPlaces sequences.
             * @member {Array.<number>} sequences
             * @memberof meridian.tail.FeedPlaces
             * @instance
             */
            FeedPlaces.prototype.sequences = $util.emptyArray;

            /**
             * FeedPlaces counts.
             * @member {Array.<number>} counts
             * @memberof meridian.tail.FeedPlaces
             * @instance
             */
            FeedPlaces.prototype.counts = $util.emptyArray;

            /**
             * FeedPlaces logs.
             * @member {Array.<number>} logs
             * @memberof meridian.tail.FeedPlaces
             * @instance
             */
            FeedPlaces.prototype.logs = $util.emptyArray;

            /**
             * FeedPlaces lasts.
             * @member {Array.<number>} lasts
             * @memberof meridian.tail.FeedPlaces
             * @instance
             */
            FeedPlaces.prototype.lasts = $util.emptyArray;

            /**
             * Creates a new FeedPlaces instance using the specified properties.
             * @function create
             * @memberof meridian.tail.FeedPlaces
             * @static
             * @param {meridian.tail.FeedPlaces.$Properties=} [properties] Properties to set
             * @returns {meridian.tail.FeedPlaces} FeedPlaces instance
             * @type {{
             *   (properties: meridian.tail.FeedPlaces.$Shape): meridian.tail.FeedPlaces & meridian.tail.FeedPlaces.$Shape;
             *   (properties?: meridian.tail.FeedPlaces.$Properties): meridian.tail.FeedPlaces;
             * }}
             */
            FeedPlaces.create = function(properties) {
                return new FeedPlaces(properties);
            };

            /**
             * Encodes the specified FeedPlaces message. Does not implicitly {@link meridian.tail.FeedPlaces.verify|verify} messages.
             * @function encode
             * @memberof meridian.tail.FeedPlaces
             * @static
             * @param {meridian.tail.FeedPlaces.$Properties} message FeedPlaces message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedPlaces.encode = function (message, writer, _depth) {
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
                if (message.sequences != null && message.sequences.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.sequences);
                if (message.counts != null && message.counts.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.counts);
                if (message.logs != null && message.logs.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.logs);
                if (message.lasts != null && message.lasts.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).doubles(message.lasts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedPlaces message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.tail.FeedPlaces
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.tail.FeedPlaces & meridian.tail.FeedPlaces.$Shape} FeedPlaces
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedPlaces.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.tail.FeedPlaces();
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
                                if (!(message.sequences && message.sequences.length))
                                    message.sequences = [];
                                reader.doubles(message.sequences);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.sequences && message.sequences.length))
                                message.sequences = [];
                            message.sequences.push(reader.double());
                            continue;
                        }
                    case 4: {
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
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.logs && message.logs.length))
                                    message.logs = [];
                                reader.doubles(message.logs);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.logs && message.logs.length))
                                message.logs = [];
                            message.logs.push(reader.double());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.lasts && message.lasts.length))
                                    message.lasts = [];
                                reader.doubles(message.lasts);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.lasts && message.lasts.length))
                                message.lasts = [];
                            message.lasts.push(reader.double());
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

            return FeedPlaces;
        })();

        return tail;
    })();

    return meridian;
})();

export {
  $root as default
};
