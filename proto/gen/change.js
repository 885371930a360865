/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["change.proto"] || ($protobuf.roots["change.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.change = (function() {

        /**
         * Namespace change.
         * @memberof meridian
         * @namespace
         */
        const change = {};

        change.Change = (function() {

            /**
             * Properties of a Change.
             * @typedef {Object} meridian.change.Change.$Properties
             * @property {string|null} [msg] Change msg
             * @property {string|null} [namespace] Change namespace
             * @property {string|null} [set] Change set
             * @property {Uint8Array|null} [digest] Change digest
             * @property {meridian.change.Value.$Properties|null} [userKey] Change userKey
             * @property {number|null} [generation] Change generation
             * @property {number|Long|null} [lastUpdateMs] Change lastUpdateMs
             * @property {number|Long|null} [expiry] Change expiry
             * @property {boolean|null} [durable] Change durable
             * @property {string|null} [operation] Change operation
             * @property {string|null} [outcome] Change outcome
             * @property {string|null} [origin] Change origin
             * @property {Array.<string>|null} [changed] Change changed
             * @property {meridian.change.Position.$Properties|null} [position] Change position
             * @property {boolean|null} [again] Change again
             * @property {boolean|null} [tooLarge] Change tooLarge
             * @property {Array.<meridian.change.Bin.$Properties>|null} [bins] Change bins
             * @property {meridian.change.Before.$Properties|null} [before] Change before
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Change.
             * @memberof meridian.change
             * @interface IChange
             * @augments meridian.change.Change.$Properties
             * @deprecated Use meridian.change.Change.$Properties instead.
             */

            /**
             * Shape of a Change.
             * @typedef {{
             *   msg?: string|null;
             *   namespace?: string|null;
             *   set?: string|null;
             *   digest?: Uint8Array|null;
             *   userKey?: meridian.change.Value.$Shape|null;
             *   generation?: number|null;
             *   lastUpdateMs?: number|Long|null;
             *   expiry?: number|Long|null;
             *   durable?: boolean|null;
             *   operation?: string|null;
             *   outcome?: string|null;
             *   origin?: string|null;
             *   changed?: Array.<string>|null;
             *   position?: meridian.change.Position.$Shape|null;
             *   again?: boolean|null;
             *   tooLarge?: boolean|null;
             *   bins?: Array.<meridian.change.Bin.$Shape>|null;
             *   before?: meridian.change.Before.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} meridian.change.Change.$Shape
             */

            /**
             * Constructs a new Change.
             * @memberof meridian.change
             * @classdesc Represents a Change.
             * @constructor
             * @param {meridian.change.Change.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Change = function (properties) {
                this.changed = [];
                this.bins = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Change msg.
             * @member {string} msg
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.msg = "";

            /**
             * Change namespace.
             * @member {string} namespace
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.namespace = "";

            /**
             * Change set.
             * @member {string} set
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.set = "";

            /**
             * Change digest.
             * @member {Uint8Array} digest
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.digest = $util.newBuffer([]);

            /**
             * Change userKey.
             * @member {meridian.change.Value.$Properties|null|undefined} userKey
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.userKey = null;

            /**
             * Change generation.
             * @member {number} generation
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.generation = 0;

            /**
             * Change lastUpdateMs.
             * @member {number|Long} lastUpdateMs
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.lastUpdateMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Change expiry.
             * @member {number|Long} expiry
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.expiry = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Change durable.
             * @member {boolean} durable
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.durable = false;

            /**
             * Change operation.
             * @member {string} operation
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.operation = "";

            /**
             * Change outcome.
             * @member {string} outcome
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.outcome = "";

            /**
             * Change origin.
             * @member {string} origin
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.origin = "";

            /**
             * Change changed.
             * @member {Array.<string>} changed
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.changed = $util.emptyArray;

            /**
             * Change position.
             * @member {meridian.change.Position.$Properties|null|undefined} position
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.position = null;

            /**
             * Change again.
             * @member {boolean} again
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.again = false;

            /**
             * Change tooLarge.
             * @member {boolean} tooLarge
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.tooLarge = false;

            /**
             * Change bins.
             * @member {Array.<meridian.change.Bin.$Properties>} bins
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.bins = $util.emptyArray;

            /**
             * Change before.
             * @member {meridian.change.Before.$Properties|null|undefined} before
             * @memberof meridian.change.Change
             * @instance
             */
            Change.prototype.before = null;

            /**
             * Creates a new Change instance using the specified properties.
             * @function create
             * @memberof meridian.change.Change
             * @static
             * @param {meridian.change.Change.$Properties=} [properties] Properties to set
             * @returns {meridian.change.Change} Change instance
             * @type {{
             *   (properties: meridian.change.Change.$Shape): meridian.change.Change & meridian.change.Change.$Shape;
             *   (properties?: meridian.change.Change.$Properties): meridian.change.Change;
             * }}
             */
            Change.create = function(properties) {
                return new Change(properties);
            };

            /**
             * Encodes the specified Change message. Does not implicitly {@link meridian.change.Change.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.Change
             * @static
             * @param {meridian.change.Change.$Properties} message Change message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Change.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.msg != null && $Object.hasOwnProperty.call(message, "msg") && message.msg !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.msg);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                if (message.set != null && $Object.hasOwnProperty.call(message, "set") && message.set !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.set);
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.digest);
                if (message.userKey != null && $Object.hasOwnProperty.call(message, "userKey"))
                    $root.meridian.change.Value.encode(message.userKey, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.generation);
                if (message.lastUpdateMs != null && $Object.hasOwnProperty.call(message, "lastUpdateMs") && (typeof message.lastUpdateMs === "object" ? message.lastUpdateMs.low || message.lastUpdateMs.high : message.lastUpdateMs !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.lastUpdateMs);
                if (message.expiry != null && $Object.hasOwnProperty.call(message, "expiry") && (typeof message.expiry === "object" ? message.expiry.low || message.expiry.high : message.expiry !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).int64(message.expiry);
                if (message.durable != null && $Object.hasOwnProperty.call(message, "durable") && message.durable !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.durable);
                if (message.operation != null && $Object.hasOwnProperty.call(message, "operation") && message.operation !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.operation);
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.outcome);
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin") && message.origin !== "")
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.origin);
                if (message.changed != null && message.changed.length)
                    for (let i = 0; i < message.changed.length; ++i)
                        writer.uint32(/* id 13, wireType 2 =*/106).string(message.changed[i]);
                if (message.position != null && $Object.hasOwnProperty.call(message, "position"))
                    $root.meridian.change.Position.encode(message.position, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.again != null && $Object.hasOwnProperty.call(message, "again") && message.again !== false)
                    writer.uint32(/* id 15, wireType 0 =*/120).bool(message.again);
                if (message.tooLarge != null && $Object.hasOwnProperty.call(message, "tooLarge") && message.tooLarge !== false)
                    writer.uint32(/* id 16, wireType 0 =*/128).bool(message.tooLarge);
                if (message.bins != null && message.bins.length)
                    for (let i = 0; i < message.bins.length; ++i)
                        $root.meridian.change.Bin.encode(message.bins[i], writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.before != null && $Object.hasOwnProperty.call(message, "before"))
                    $root.meridian.change.Before.encode(message.before, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Change message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.Change
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.Change & meridian.change.Change.$Shape} Change
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Change.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.Change();
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
                                message.msg = value;
                            else
                                delete message.msg;
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
                                message.set = value;
                            else
                                delete message.set;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.userKey = $root.meridian.change.Value.decode(reader, reader.size(), $undefined, _depth + 1, message.userKey);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastUpdateMs = value;
                            else
                                delete message.lastUpdateMs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.expiry = value;
                            else
                                delete message.expiry;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.durable = value;
                            else
                                delete message.durable;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.operation = value;
                            else
                                delete message.operation;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.outcome = value;
                            else
                                delete message.outcome;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.origin = value;
                            else
                                delete message.origin;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.changed && message.changed.length))
                                message.changed = [];
                            message.changed.push(reader.stringVerify());
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.position = $root.meridian.change.Position.decode(reader, reader.size(), $undefined, _depth + 1, message.position);
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.again = value;
                            else
                                delete message.again;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.tooLarge = value;
                            else
                                delete message.tooLarge;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if (!(message.bins && message.bins.length))
                                message.bins = [];
                            message.bins.push($root.meridian.change.Bin.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.before = $root.meridian.change.Before.decode(reader, reader.size(), $undefined, _depth + 1, message.before);
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

            return Change;
        })();

        change.Before = (function() {

            /**
             * Properties of a Before.
             * @typedef {Object} meridian.change.Before.$Properties
             * @property {boolean|null} [none] Before none
             * @property {boolean|null} [tooLarge] Before tooLarge
             * @property {number|null} [generation] Before generation
             * @property {number|Long|null} [lastUpdateMs] Before lastUpdateMs
             * @property {number|Long|null} [expiry] Before expiry
             * @property {Array.<meridian.change.Bin.$Properties>|null} [bins] Before bins
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Before.
             * @memberof meridian.change
             * @interface IBefore
             * @augments meridian.change.Before.$Properties
             * @deprecated Use meridian.change.Before.$Properties instead.
             */

            /**
             * Shape of a Before.
             * @typedef {{
             *   none?: boolean|null;
             *   tooLarge?: boolean|null;
             *   generation?: number|null;
             *   lastUpdateMs?: number|Long|null;
             *   expiry?: number|Long|null;
             *   bins?: Array.<meridian.change.Bin.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} meridian.change.Before.$Shape
             */

            /**
             * Constructs a new Before.
             * @memberof meridian.change
             * @classdesc Represents a Before.
             * @constructor
             * @param {meridian.change.Before.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Before = function (properties) {
                this.bins = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Before none.
             * @member {boolean} none
             * @memberof meridian.change.Before
             * @instance
             */
            Before.prototype.none = false;

            /**
             * Before tooLarge.
             * @member {boolean} tooLarge
             * @memberof meridian.change.Before
             * @instance
             */
            Before.prototype.tooLarge = false;

            /**
             * Before generation.
             * @member {number} generation
             * @memberof meridian.change.Before
             * @instance
             */
            Before.prototype.generation = 0;

            /**
             * Before lastUpdateMs.
             * @member {number|Long} lastUpdateMs
             * @memberof meridian.change.Before
             * @instance
             */
            Before.prototype.lastUpdateMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Before expiry.
             * @member {number|Long} expiry
             * @memberof meridian.change.Before
             * @instance
             */
            Before.prototype.expiry = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Before bins.
             * @member {Array.<meridian.change.Bin.$Properties>} bins
             * @memberof meridian.change.Before
             * @instance
             */
            Before.prototype.bins = $util.emptyArray;

            /**
             * Creates a new Before instance using the specified properties.
             * @function create
             * @memberof meridian.change.Before
             * @static
             * @param {meridian.change.Before.$Properties=} [properties] Properties to set
             * @returns {meridian.change.Before} Before instance
             * @type {{
             *   (properties: meridian.change.Before.$Shape): meridian.change.Before & meridian.change.Before.$Shape;
             *   (properties?: meridian.change.Before.$Properties): meridian.change.Before;
             * }}
             */
            Before.create = function(properties) {
                return new Before(properties);
            };

            /**
             * Encodes the specified Before message. Does not implicitly {@link meridian.change.Before.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.Before
             * @static
             * @param {meridian.change.Before.$Properties} message Before message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Before.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.none != null && $Object.hasOwnProperty.call(message, "none") && message.none !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.none);
                if (message.tooLarge != null && $Object.hasOwnProperty.call(message, "tooLarge") && message.tooLarge !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.tooLarge);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.generation);
                if (message.lastUpdateMs != null && $Object.hasOwnProperty.call(message, "lastUpdateMs") && (typeof message.lastUpdateMs === "object" ? message.lastUpdateMs.low || message.lastUpdateMs.high : message.lastUpdateMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.lastUpdateMs);
                if (message.expiry != null && $Object.hasOwnProperty.call(message, "expiry") && (typeof message.expiry === "object" ? message.expiry.low || message.expiry.high : message.expiry !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.expiry);
                if (message.bins != null && message.bins.length)
                    for (let i = 0; i < message.bins.length; ++i)
                        $root.meridian.change.Bin.encode(message.bins[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Before message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.Before
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.Before & meridian.change.Before.$Shape} Before
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Before.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.Before();
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
                            if (value = reader.bool())
                                message.none = value;
                            else
                                delete message.none;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.tooLarge = value;
                            else
                                delete message.tooLarge;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastUpdateMs = value;
                            else
                                delete message.lastUpdateMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.expiry = value;
                            else
                                delete message.expiry;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.bins && message.bins.length))
                                message.bins = [];
                            message.bins.push($root.meridian.change.Bin.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return Before;
        })();

        change.Position = (function() {

            /**
             * Properties of a Position.
             * @typedef {Object} meridian.change.Position.$Properties
             * @property {number|Long|null} [log] Position log
             * @property {number|null} [partition] Position partition
             * @property {number|Long|null} [from] Position from
             * @property {number|Long|null} [sequence] Position sequence
             * @property {number|Long|null} [originLog] Position originLog
             * @property {number|Long|null} [originSequence] Position originSequence
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Position.
             * @memberof meridian.change
             * @interface IPosition
             * @augments meridian.change.Position.$Properties
             * @deprecated Use meridian.change.Position.$Properties instead.
             */

            /**
             * Shape of a Position.
             * @typedef {meridian.change.Position.$Properties} meridian.change.Position.$Shape
             */

            /**
             * Constructs a new Position.
             * @memberof meridian.change
             * @classdesc Represents a Position.
             * @constructor
             * @param {meridian.change.Position.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Position = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Position log.
             * @member {number|Long} log
             * @memberof meridian.change.Position
             * @instance
             */
            Position.prototype.log = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Position partition.
             * @member {number} partition
             * @memberof meridian.change.Position
             * @instance
             */
            Position.prototype.partition = 0;

            /**
             * Position from.
             * @member {number|Long} from
             * @memberof meridian.change.Position
             * @instance
             */
            Position.prototype.from = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Position sequence.
             * @member {number|Long} sequence
             * @memberof meridian.change.Position
             * @instance
             */
            Position.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Position originLog.
             * @member {number|Long} originLog
             * @memberof meridian.change.Position
             * @instance
             */
            Position.prototype.originLog = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Position originSequence.
             * @member {number|Long} originSequence
             * @memberof meridian.change.Position
             * @instance
             */
            Position.prototype.originSequence = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new Position instance using the specified properties.
             * @function create
             * @memberof meridian.change.Position
             * @static
             * @param {meridian.change.Position.$Properties=} [properties] Properties to set
             * @returns {meridian.change.Position} Position instance
             * @type {{
             *   (properties: meridian.change.Position.$Shape): meridian.change.Position & meridian.change.Position.$Shape;
             *   (properties?: meridian.change.Position.$Properties): meridian.change.Position;
             * }}
             */
            Position.create = function(properties) {
                return new Position(properties);
            };

            /**
             * Encodes the specified Position message. Does not implicitly {@link meridian.change.Position.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.Position
             * @static
             * @param {meridian.change.Position.$Properties} message Position message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Position.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.log != null && $Object.hasOwnProperty.call(message, "log") && (typeof message.log === "object" ? message.log.low || message.log.high : message.log !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.log);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.from);
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.sequence);
                if (message.originLog != null && $Object.hasOwnProperty.call(message, "originLog") && (typeof message.originLog === "object" ? message.originLog.low || message.originLog.high : message.originLog !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.originLog);
                if (message.originSequence != null && $Object.hasOwnProperty.call(message, "originSequence") && (typeof message.originSequence === "object" ? message.originSequence.low || message.originSequence.high : message.originSequence !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.originSequence);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Position message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.Position
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.Position & meridian.change.Position.$Shape} Position
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Position.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.Position();
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
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.log = value;
                            else
                                delete message.log;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.from = value;
                            else
                                delete message.from;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.originLog = value;
                            else
                                delete message.originLog;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.originSequence = value;
                            else
                                delete message.originSequence;
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

            return Position;
        })();

        change.Bin = (function() {

            /**
             * Properties of a Bin.
             * @typedef {Object} meridian.change.Bin.$Properties
             * @property {string|null} [name] Bin name
             * @property {meridian.change.Value.$Properties|null} [value] Bin value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Bin.
             * @memberof meridian.change
             * @interface IBin
             * @augments meridian.change.Bin.$Properties
             * @deprecated Use meridian.change.Bin.$Properties instead.
             */

            /**
             * Shape of a Bin.
             * @typedef {{
             *   name?: string|null;
             *   value?: meridian.change.Value.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} meridian.change.Bin.$Shape
             */

            /**
             * Constructs a new Bin.
             * @memberof meridian.change
             * @classdesc Represents a Bin.
             * @constructor
             * @param {meridian.change.Bin.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Bin = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Bin name.
             * @member {string} name
             * @memberof meridian.change.Bin
             * @instance
             */
            Bin.prototype.name = "";

            /**
             * Bin value.
             * @member {meridian.change.Value.$Properties|null|undefined} value
             * @memberof meridian.change.Bin
             * @instance
             */
            Bin.prototype.value = null;

            /**
             * Creates a new Bin instance using the specified properties.
             * @function create
             * @memberof meridian.change.Bin
             * @static
             * @param {meridian.change.Bin.$Properties=} [properties] Properties to set
             * @returns {meridian.change.Bin} Bin instance
             * @type {{
             *   (properties: meridian.change.Bin.$Shape): meridian.change.Bin & meridian.change.Bin.$Shape;
             *   (properties?: meridian.change.Bin.$Properties): meridian.change.Bin;
             * }}
             */
            Bin.create = function(properties) {
                return new Bin(properties);
            };

            /**
             * Encodes the specified Bin message. Does not implicitly {@link meridian.change.Bin.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.Bin
             * @static
             * @param {meridian.change.Bin.$Properties} message Bin message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Bin.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    $root.meridian.change.Value.encode(message.value, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Bin message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.Bin
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.Bin & meridian.change.Bin.$Shape} Bin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Bin.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.Bin();
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
                            if (wireType !== 2)
                                break;
                            message.value = $root.meridian.change.Value.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
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

            return Bin;
        })();

        change.Value = (function() {

            /**
             * Properties of a Value.
             * @typedef {Object} meridian.change.Value.$Properties
             * @property {number|Long|null} [int] Value int
             * @property {number|null} [float] Value float
             * @property {string|null} [str] Value str
             * @property {Uint8Array|null} [blob] Value blob
             * @property {boolean|null} [bool] Value bool
             * @property {Uint8Array|null} [hll] Value hll
             * @property {string|null} [geojson] Value geojson
             * @property {meridian.change.List.$Properties|null} [list] Value list
             * @property {meridian.change.Map.$Properties|null} [map] Value map
             * @property {"int"|"float"|"str"|"blob"|"bool"|"hll"|"geojson"|"list"|"map"} [kind] Value kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Value.
             * @memberof meridian.change
             * @interface IValue
             * @augments meridian.change.Value.$Properties
             * @deprecated Use meridian.change.Value.$Properties instead.
             */

            /**
             * Narrowed shape of a Value.
             * @typedef {{
             *   int?: number|Long|null;
             *   float?: number|null;
             *   str?: string|null;
             *   blob?: Uint8Array|null;
             *   bool?: boolean|null;
             *   hll?: Uint8Array|null;
             *   geojson?: string|null;
             *   list?: meridian.change.List.$Shape|null;
             *   map?: meridian.change.Map.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "int"; int: number|Long; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "float"; int?: null; float: number; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "str"; int?: null; float?: null; str: string; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "blob"; int?: null; float?: null; str?: null; blob: Uint8Array; bool?: null; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "bool"; int?: null; float?: null; str?: null; blob?: null; bool: boolean; hll?: null; geojson?: null; list?: null; map?: null }|{ kind?: "hll"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll: Uint8Array; geojson?: null; list?: null; map?: null }|{ kind?: "geojson"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson: string; list?: null; map?: null }|{ kind?: "list"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list: meridian.change.List.$Shape; map?: null }|{ kind?: "map"; int?: null; float?: null; str?: null; blob?: null; bool?: null; hll?: null; geojson?: null; list?: null; map: meridian.change.Map.$Shape })
             * )} meridian.change.Value.$Shape
             */

            /**
             * Constructs a new Value.
             * @memberof meridian.change
             * @classdesc Represents a Value.
             * @constructor
             * @param {meridian.change.Value.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Value = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Value int.
             * @member {number|Long|null|undefined} int
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.int = null;

            /**
             * Value float.
             * @member {number|null|undefined} float
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.float = null;

            /**
             * Value str.
             * @member {string|null|undefined} str
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.str = null;

            /**
             * Value blob.
             * @member {Uint8Array|null|undefined} blob
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.blob = null;

            /**
             * Value bool.
             * @member {boolean|null|undefined} bool
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.bool = null;

            /**
             * Value hll.
             * @member {Uint8Array|null|undefined} hll
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.hll = null;

            /**
             * Value geojson.
             * @member {string|null|undefined} geojson
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.geojson = null;

            /**
             * Value list.
             * @member {meridian.change.List.$Properties|null|undefined} list
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.list = null;

            /**
             * Value map.
             * @member {meridian.change.Map.$Properties|null|undefined} map
             * @memberof meridian.change.Value
             * @instance
             */
            Value.prototype.map = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Value kind.
             * @member {"int"|"float"|"str"|"blob"|"bool"|"hll"|"geojson"|"list"|"map"|undefined} kind
             * @memberof meridian.change.Value
             * @instance
             */
            $Object.defineProperty(Value.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["int", "float", "str", "blob", "bool", "hll", "geojson", "list", "map"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Value instance using the specified properties.
             * @function create
             * @memberof meridian.change.Value
             * @static
             * @param {meridian.change.Value.$Properties=} [properties] Properties to set
             * @returns {meridian.change.Value} Value instance
             * @type {{
             *   (properties: meridian.change.Value.$Shape): meridian.change.Value & meridian.change.Value.$Shape;
             *   (properties?: meridian.change.Value.$Properties): meridian.change.Value;
             * }}
             */
            Value.create = function(properties) {
                return new Value(properties);
            };

            /**
             * Encodes the specified Value message. Does not implicitly {@link meridian.change.Value.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.Value
             * @static
             * @param {meridian.change.Value.$Properties} message Value message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Value.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.int != null && $Object.hasOwnProperty.call(message, "int"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.int);
                if (message.float != null && $Object.hasOwnProperty.call(message, "float"))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.float);
                if (message.str != null && $Object.hasOwnProperty.call(message, "str"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.str);
                if (message.blob != null && $Object.hasOwnProperty.call(message, "blob"))
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.blob);
                if (message.bool != null && $Object.hasOwnProperty.call(message, "bool"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.bool);
                if (message.hll != null && $Object.hasOwnProperty.call(message, "hll"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.hll);
                if (message.geojson != null && $Object.hasOwnProperty.call(message, "geojson"))
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.geojson);
                if (message.list != null && $Object.hasOwnProperty.call(message, "list"))
                    $root.meridian.change.List.encode(message.list, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.map != null && $Object.hasOwnProperty.call(message, "map"))
                    $root.meridian.change.Map.encode(message.map, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Value message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.Value
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.Value & meridian.change.Value.$Shape} Value
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Value.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.Value();
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
                            message.int = reader.int64();
                            message.kind = "int";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.float = reader.double();
                            message.kind = "float";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.str = reader.stringVerify();
                            message.kind = "str";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.blob = reader.bytes();
                            message.kind = "blob";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.bool = reader.bool();
                            message.kind = "bool";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.hll = reader.bytes();
                            message.kind = "hll";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.geojson = reader.stringVerify();
                            message.kind = "geojson";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.list = $root.meridian.change.List.decode(reader, reader.size(), $undefined, _depth + 1, message.list);
                            message.kind = "list";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.map = $root.meridian.change.Map.decode(reader, reader.size(), $undefined, _depth + 1, message.map);
                            message.kind = "map";
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

            return Value;
        })();

        change.List = (function() {

            /**
             * Properties of a List.
             * @typedef {Object} meridian.change.List.$Properties
             * @property {Array.<meridian.change.Value.$Properties>|null} [values] List values
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a List.
             * @memberof meridian.change
             * @interface IList
             * @augments meridian.change.List.$Properties
             * @deprecated Use meridian.change.List.$Properties instead.
             */

            /**
             * Shape of a List.
             * @typedef {{
             *   values?: Array.<meridian.change.Value.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} meridian.change.List.$Shape
             */

            /**
             * Constructs a new List.
             * @memberof meridian.change
             * @classdesc Represents a List.
             * @constructor
             * @param {meridian.change.List.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const List = function (properties) {
                this.values = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * List values.
             * @member {Array.<meridian.change.Value.$Properties>} values
             * @memberof meridian.change.List
             * @instance
             */
            List.prototype.values = $util.emptyArray;

            /**
             * Creates a new List instance using the specified properties.
             * @function create
             * @memberof meridian.change.List
             * @static
             * @param {meridian.change.List.$Properties=} [properties] Properties to set
             * @returns {meridian.change.List} List instance
             * @type {{
             *   (properties: meridian.change.List.$Shape): meridian.change.List & meridian.change.List.$Shape;
             *   (properties?: meridian.change.List.$Properties): meridian.change.List;
             * }}
             */
            List.create = function(properties) {
                return new List(properties);
            };

            /**
             * Encodes the specified List message. Does not implicitly {@link meridian.change.List.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.List
             * @static
             * @param {meridian.change.List.$Properties} message List message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            List.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.values != null && message.values.length)
                    for (let i = 0; i < message.values.length; ++i)
                        $root.meridian.change.Value.encode(message.values[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a List message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.List
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.List & meridian.change.List.$Shape} List
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            List.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.List();
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
                            if (!(message.values && message.values.length))
                                message.values = [];
                            message.values.push($root.meridian.change.Value.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return List;
        })();

        change.Map = (function() {

            /**
             * Properties of a Map.
             * @typedef {Object} meridian.change.Map.$Properties
             * @property {Array.<meridian.change.MapEntry.$Properties>|null} [entries] Map entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Map.
             * @memberof meridian.change
             * @interface IMap
             * @augments meridian.change.Map.$Properties
             * @deprecated Use meridian.change.Map.$Properties instead.
             */

            /**
             * Shape of a Map.
             * @typedef {{
             *   entries?: Array.<meridian.change.MapEntry.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} meridian.change.Map.$Shape
             */

            /**
             * Constructs a new Map.
             * @memberof meridian.change
             * @classdesc Represents a Map.
             * @constructor
             * @param {meridian.change.Map.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Map = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Map entries.
             * @member {Array.<meridian.change.MapEntry.$Properties>} entries
             * @memberof meridian.change.Map
             * @instance
             */
            Map.prototype.entries = $util.emptyArray;

            /**
             * Creates a new Map instance using the specified properties.
             * @function create
             * @memberof meridian.change.Map
             * @static
             * @param {meridian.change.Map.$Properties=} [properties] Properties to set
             * @returns {meridian.change.Map} Map instance
             * @type {{
             *   (properties: meridian.change.Map.$Shape): meridian.change.Map & meridian.change.Map.$Shape;
             *   (properties?: meridian.change.Map.$Properties): meridian.change.Map;
             * }}
             */
            Map.create = function(properties) {
                return new Map(properties);
            };

            /**
             * Encodes the specified Map message. Does not implicitly {@link meridian.change.Map.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.Map
             * @static
             * @param {meridian.change.Map.$Properties} message Map message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Map.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.meridian.change.MapEntry.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Map message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.Map
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.Map & meridian.change.Map.$Shape} Map
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Map.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.Map();
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
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.meridian.change.MapEntry.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return Map;
        })();

        change.MapEntry = (function() {

            /**
             * Properties of a MapEntry.
             * @typedef {Object} meridian.change.MapEntry.$Properties
             * @property {meridian.change.Value.$Properties|null} [key] MapEntry key
             * @property {meridian.change.Value.$Properties|null} [value] MapEntry value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MapEntry.
             * @memberof meridian.change
             * @interface IMapEntry
             * @augments meridian.change.MapEntry.$Properties
             * @deprecated Use meridian.change.MapEntry.$Properties instead.
             */

            /**
             * Shape of a MapEntry.
             * @typedef {{
             *   key?: meridian.change.Value.$Shape|null;
             *   value?: meridian.change.Value.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} meridian.change.MapEntry.$Shape
             */

            /**
             * Constructs a new MapEntry.
             * @memberof meridian.change
             * @classdesc Represents a MapEntry.
             * @constructor
             * @param {meridian.change.MapEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MapEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MapEntry key.
             * @member {meridian.change.Value.$Properties|null|undefined} key
             * @memberof meridian.change.MapEntry
             * @instance
             */
            MapEntry.prototype.key = null;

            /**
             * MapEntry value.
             * @member {meridian.change.Value.$Properties|null|undefined} value
             * @memberof meridian.change.MapEntry
             * @instance
             */
            MapEntry.prototype.value = null;

            /**
             * Creates a new MapEntry instance using the specified properties.
             * @function create
             * @memberof meridian.change.MapEntry
             * @static
             * @param {meridian.change.MapEntry.$Properties=} [properties] Properties to set
             * @returns {meridian.change.MapEntry} MapEntry instance
             * @type {{
             *   (properties: meridian.change.MapEntry.$Shape): meridian.change.MapEntry & meridian.change.MapEntry.$Shape;
             *   (properties?: meridian.change.MapEntry.$Properties): meridian.change.MapEntry;
             * }}
             */
            MapEntry.create = function(properties) {
                return new MapEntry(properties);
            };

            /**
             * Encodes the specified MapEntry message. Does not implicitly {@link meridian.change.MapEntry.verify|verify} messages.
             * @function encode
             * @memberof meridian.change.MapEntry
             * @static
             * @param {meridian.change.MapEntry.$Properties} message MapEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MapEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    $root.meridian.change.Value.encode(message.key, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    $root.meridian.change.Value.encode(message.value, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MapEntry message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.change.MapEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.change.MapEntry & meridian.change.MapEntry.$Shape} MapEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MapEntry.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.change.MapEntry();
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
                            message.key = $root.meridian.change.Value.decode(reader, reader.size(), $undefined, _depth + 1, message.key);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.value = $root.meridian.change.Value.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
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

            return MapEntry;
        })();

        return change;
    })();

    return meridian;
})();

export {
  $root as default
};
