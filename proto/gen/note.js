/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["note.proto"] || ($protobuf.roots["note.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.note = (function() {

        /**
         * Namespace note.
         * @memberof meridian
         * @namespace
         */
        const note = {};

        note.SeenField = (function() {

            /**
             * Properties of a SeenField.
             * @typedef {Object} meridian.note.SeenField.$Properties
             * @property {number|null} [sourceId] SeenField sourceId
             * @property {string|null} [lut] SeenField lut
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SeenField.
             * @memberof meridian.note
             * @interface ISeenField
             * @augments meridian.note.SeenField.$Properties
             * @deprecated Use meridian.note.SeenField.$Properties instead.
             */

            /**
             * Shape of a SeenField.
             * @typedef {meridian.note.SeenField.$Properties} meridian.note.SeenField.$Shape
             */

            /**
             * Constructs a new SeenField.
             * @memberof meridian.note
             * @classdesc Represents a SeenField.
             * @constructor
             * @param {meridian.note.SeenField.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SeenField = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SeenField sourceId.
             * @member {number} sourceId
             * @memberof meridian.note.SeenField
             * @instance
             */
            SeenField.prototype.sourceId = 0;

            /**
             * SeenField lut.
             * @member {string} lut
             * @memberof meridian.note.SeenField
             * @instance
             */
            SeenField.prototype.lut = "";

            /**
             * Creates a new SeenField instance using the specified properties.
             * @function create
             * @memberof meridian.note.SeenField
             * @static
             * @param {meridian.note.SeenField.$Properties=} [properties] Properties to set
             * @returns {meridian.note.SeenField} SeenField instance
             * @type {{
             *   (properties: meridian.note.SeenField.$Shape): meridian.note.SeenField & meridian.note.SeenField.$Shape;
             *   (properties?: meridian.note.SeenField.$Properties): meridian.note.SeenField;
             * }}
             */
            SeenField.create = function(properties) {
                return new SeenField(properties);
            };

            /**
             * Encodes the specified SeenField message. Does not implicitly {@link meridian.note.SeenField.verify|verify} messages.
             * @function encode
             * @memberof meridian.note.SeenField
             * @static
             * @param {meridian.note.SeenField.$Properties} message SeenField message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SeenField.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sourceId != null && $Object.hasOwnProperty.call(message, "sourceId") && message.sourceId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.sourceId);
                if (message.lut != null && $Object.hasOwnProperty.call(message, "lut") && message.lut !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.lut);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SeenField message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.note.SeenField
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.note.SeenField & meridian.note.SeenField.$Shape} SeenField
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SeenField.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.note.SeenField();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lut = value;
                            else
                                delete message.lut;
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

            return SeenField;
        })();

        note.NotedVersion = (function() {

            /**
             * Properties of a NotedVersion.
             * @typedef {Object} meridian.note.NotedVersion.$Properties
             * @property {number|null} [generation] NotedVersion generation
             * @property {string|null} [lut] NotedVersion lut
             * @property {number|null} [sourceId] NotedVersion sourceId
             * @property {boolean|null} [tombstone] NotedVersion tombstone
             * @property {Array.<meridian.note.SeenField.$Properties>|null} [seen] NotedVersion seen
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NotedVersion.
             * @memberof meridian.note
             * @interface INotedVersion
             * @augments meridian.note.NotedVersion.$Properties
             * @deprecated Use meridian.note.NotedVersion.$Properties instead.
             */

            /**
             * Shape of a NotedVersion.
             * @typedef {meridian.note.NotedVersion.$Properties} meridian.note.NotedVersion.$Shape
             */

            /**
             * Constructs a new NotedVersion.
             * @memberof meridian.note
             * @classdesc Represents a NotedVersion.
             * @constructor
             * @param {meridian.note.NotedVersion.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NotedVersion = function (properties) {
                this.seen = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NotedVersion generation.
             * @member {number} generation
             * @memberof meridian.note.NotedVersion
             * @instance
             */
            NotedVersion.prototype.generation = 0;

            /**
             * NotedVersion lut.
             * @member {string} lut
             * @memberof meridian.note.NotedVersion
             * @instance
             */
            NotedVersion.prototype.lut = "";

            /**
             * NotedVersion sourceId.
             * @member {number} sourceId
             * @memberof meridian.note.NotedVersion
             * @instance
             */
            NotedVersion.prototype.sourceId = 0;

            /**
             * NotedVersion tombstone.
             * @member {boolean} tombstone
             * @memberof meridian.note.NotedVersion
             * @instance
             */
            NotedVersion.prototype.tombstone = false;

            /**
             * NotedVersion seen.
             * @member {Array.<meridian.note.SeenField.$Properties>} seen
             * @memberof meridian.note.NotedVersion
             * @instance
             */
            NotedVersion.prototype.seen = $util.emptyArray;

            /**
             * Creates a new NotedVersion instance using the specified properties.
             * @function create
             * @memberof meridian.note.NotedVersion
             * @static
             * @param {meridian.note.NotedVersion.$Properties=} [properties] Properties to set
             * @returns {meridian.note.NotedVersion} NotedVersion instance
             * @type {{
             *   (properties: meridian.note.NotedVersion.$Shape): meridian.note.NotedVersion & meridian.note.NotedVersion.$Shape;
             *   (properties?: meridian.note.NotedVersion.$Properties): meridian.note.NotedVersion;
             * }}
             */
            NotedVersion.create = function(properties) {
                return new NotedVersion(properties);
            };

            /**
             * Encodes the specified NotedVersion message. Does not implicitly {@link meridian.note.NotedVersion.verify|verify} messages.
             * @function encode
             * @memberof meridian.note.NotedVersion
             * @static
             * @param {meridian.note.NotedVersion.$Properties} message NotedVersion message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NotedVersion.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.generation);
                if (message.lut != null && $Object.hasOwnProperty.call(message, "lut") && message.lut !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.lut);
                if (message.sourceId != null && $Object.hasOwnProperty.call(message, "sourceId") && message.sourceId !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.sourceId);
                if (message.tombstone != null && $Object.hasOwnProperty.call(message, "tombstone") && message.tombstone !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.tombstone);
                if (message.seen != null && message.seen.length)
                    for (let i = 0; i < message.seen.length; ++i)
                        $root.meridian.note.SeenField.encode(message.seen[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NotedVersion message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.note.NotedVersion
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.note.NotedVersion & meridian.note.NotedVersion.$Shape} NotedVersion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NotedVersion.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.note.NotedVersion();
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
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lut = value;
                            else
                                delete message.lut;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourceId = value;
                            else
                                delete message.sourceId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.tombstone = value;
                            else
                                delete message.tombstone;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.seen && message.seen.length))
                                message.seen = [];
                            message.seen.push($root.meridian.note.SeenField.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return NotedVersion;
        })();

        note.Conflict = (function() {

            /**
             * Properties of a Conflict.
             * @typedef {Object} meridian.note.Conflict.$Properties
             * @property {string|null} [policy] Conflict policy
             * @property {string|null} [rule] Conflict rule
             * @property {number|null} [margin] Conflict margin
             * @property {boolean|null} [incomingLost] Conflict incomingLost
             * @property {meridian.note.NotedVersion.$Properties|null} [winner] Conflict winner
             * @property {Uint8Array|null} [loser] Conflict loser
             * @property {number|null} [decidedAt] Conflict decidedAt
             * @property {number|null} [skew] Conflict skew
             * @property {number|null} [skewError] Conflict skewError
             * @property {number|null} [originId] Conflict originId
             * @property {number|null} [originSequence] Conflict originSequence
             * @property {Array.<string>|null} [bins] Conflict bins
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Conflict.
             * @memberof meridian.note
             * @interface IConflict
             * @augments meridian.note.Conflict.$Properties
             * @deprecated Use meridian.note.Conflict.$Properties instead.
             */

            /**
             * Shape of a Conflict.
             * @typedef {meridian.note.Conflict.$Properties} meridian.note.Conflict.$Shape
             */

            /**
             * Constructs a new Conflict.
             * @memberof meridian.note
             * @classdesc Represents a Conflict.
             * @constructor
             * @param {meridian.note.Conflict.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Conflict = function (properties) {
                this.bins = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Conflict policy.
             * @member {string} policy
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.policy = "";

            /**
             * Conflict rule.
             * @member {string} rule
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.rule = "";

            /**
             * Conflict margin.
             * @member {number} margin
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.margin = 0;

            /**
             * Conflict incomingLost.
             * @member {boolean} incomingLost
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.incomingLost = false;

            /**
             * Conflict winner.
             * @member {meridian.note.NotedVersion.$Properties|null|undefined} winner
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.winner = null;

            /**
             * Conflict loser.
             * @member {Uint8Array} loser
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.loser = $util.newBuffer([]);

            /**
             * Conflict decidedAt.
             * @member {number} decidedAt
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.decidedAt = 0;

            /**
             * Conflict skew.
             * @member {number} skew
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.skew = 0;

            /**
             * Conflict skewError.
             * @member {number|null|undefined} skewError
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.skewError = null;

            /**
             * Conflict originId.
             * @member {number} originId
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.originId = 0;

            /**
             * Conflict originSequence.
             * @member {number} originSequence
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.originSequence = 0;

            /**
             * Conflict bins.
             * @member {Array.<string>} bins
             * @memberof meridian.note.Conflict
             * @instance
             */
            Conflict.prototype.bins = $util.emptyArray;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Conflict.prototype, "_skewError", {
                get: $util.oneOfGetter($oneOfFields = ["skewError"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Conflict instance using the specified properties.
             * @function create
             * @memberof meridian.note.Conflict
             * @static
             * @param {meridian.note.Conflict.$Properties=} [properties] Properties to set
             * @returns {meridian.note.Conflict} Conflict instance
             * @type {{
             *   (properties: meridian.note.Conflict.$Shape): meridian.note.Conflict & meridian.note.Conflict.$Shape;
             *   (properties?: meridian.note.Conflict.$Properties): meridian.note.Conflict;
             * }}
             */
            Conflict.create = function(properties) {
                return new Conflict(properties);
            };

            /**
             * Encodes the specified Conflict message. Does not implicitly {@link meridian.note.Conflict.verify|verify} messages.
             * @function encode
             * @memberof meridian.note.Conflict
             * @static
             * @param {meridian.note.Conflict.$Properties} message Conflict message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Conflict.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy") && message.policy !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.policy);
                if (message.rule != null && $Object.hasOwnProperty.call(message, "rule") && message.rule !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.rule);
                if (message.margin != null && $Object.hasOwnProperty.call(message, "margin") && !$Object.is(message.margin, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.margin);
                if (message.incomingLost != null && $Object.hasOwnProperty.call(message, "incomingLost") && message.incomingLost !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.incomingLost);
                if (message.winner != null && $Object.hasOwnProperty.call(message, "winner"))
                    $root.meridian.note.NotedVersion.encode(message.winner, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.loser != null && $Object.hasOwnProperty.call(message, "loser") && message.loser.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.loser);
                if (message.decidedAt != null && $Object.hasOwnProperty.call(message, "decidedAt") && !$Object.is(message.decidedAt, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.decidedAt);
                if (message.skew != null && $Object.hasOwnProperty.call(message, "skew") && !$Object.is(message.skew, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.skew);
                if (message.skewError != null && $Object.hasOwnProperty.call(message, "skewError"))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.skewError);
                if (message.originId != null && $Object.hasOwnProperty.call(message, "originId") && message.originId !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.originId);
                if (message.originSequence != null && $Object.hasOwnProperty.call(message, "originSequence") && !$Object.is(message.originSequence, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.originSequence);
                if (message.bins != null && message.bins.length)
                    for (let i = 0; i < message.bins.length; ++i)
                        writer.uint32(/* id 12, wireType 2 =*/98).string(message.bins[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Conflict message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.note.Conflict
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.note.Conflict & meridian.note.Conflict.$Shape} Conflict
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Conflict.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.note.Conflict();
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
                                message.policy = value;
                            else
                                delete message.policy;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rule = value;
                            else
                                delete message.rule;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.margin = value;
                            else
                                delete message.margin;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.incomingLost = value;
                            else
                                delete message.incomingLost;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.winner = $root.meridian.note.NotedVersion.decode(reader, reader.size(), $undefined, _depth + 1, message.winner);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.loser = value;
                            else
                                delete message.loser;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.decidedAt = value;
                            else
                                delete message.decidedAt;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.skew = value;
                            else
                                delete message.skew;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            message.skewError = reader.double();
                            message._skewError = "skewError";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.originId = value;
                            else
                                delete message.originId;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.originSequence = value;
                            else
                                delete message.originSequence;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.bins && message.bins.length))
                                message.bins = [];
                            message.bins.push(reader.stringVerify());
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

            return Conflict;
        })();

        note.Parked = (function() {

            /**
             * Properties of a Parked.
             * @typedef {Object} meridian.note.Parked.$Properties
             * @property {string|null} [reason] Parked reason
             * @property {Uint8Array|null} [bytes] Parked bytes
             * @property {boolean|null} [isEntry] Parked isEntry
             * @property {number|null} [parkedAt] Parked parkedAt
             * @property {number|null} [originId] Parked originId
             * @property {number|null} [originSequence] Parked originSequence
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Parked.
             * @memberof meridian.note
             * @interface IParked
             * @augments meridian.note.Parked.$Properties
             * @deprecated Use meridian.note.Parked.$Properties instead.
             */

            /**
             * Shape of a Parked.
             * @typedef {meridian.note.Parked.$Properties} meridian.note.Parked.$Shape
             */

            /**
             * Constructs a new Parked.
             * @memberof meridian.note
             * @classdesc Represents a Parked.
             * @constructor
             * @param {meridian.note.Parked.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Parked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Parked reason.
             * @member {string} reason
             * @memberof meridian.note.Parked
             * @instance
             */
            Parked.prototype.reason = "";

            /**
             * Parked bytes.
             * @member {Uint8Array} bytes
             * @memberof meridian.note.Parked
             * @instance
             */
            Parked.prototype.bytes = $util.newBuffer([]);

            /**
             * Parked isEntry.
             * @member {boolean} isEntry
             * @memberof meridian.note.Parked
             * @instance
             */
            Parked.prototype.isEntry = false;

            /**
             * Parked parkedAt.
             * @member {number} parkedAt
             * @memberof meridian.note.Parked
             * @instance
             */
            Parked.prototype.parkedAt = 0;

            /**
             * Parked originId.
             * @member {number} originId
             * @memberof meridian.note.Parked
             * @instance
             */
            Parked.prototype.originId = 0;

            /**
             * Parked originSequence.
             * @member {number} originSequence
             * @memberof meridian.note.Parked
             * @instance
             */
            Parked.prototype.originSequence = 0;

            /**
             * Creates a new Parked instance using the specified properties.
             * @function create
             * @memberof meridian.note.Parked
             * @static
             * @param {meridian.note.Parked.$Properties=} [properties] Properties to set
             * @returns {meridian.note.Parked} Parked instance
             * @type {{
             *   (properties: meridian.note.Parked.$Shape): meridian.note.Parked & meridian.note.Parked.$Shape;
             *   (properties?: meridian.note.Parked.$Properties): meridian.note.Parked;
             * }}
             */
            Parked.create = function(properties) {
                return new Parked(properties);
            };

            /**
             * Encodes the specified Parked message. Does not implicitly {@link meridian.note.Parked.verify|verify} messages.
             * @function encode
             * @memberof meridian.note.Parked
             * @static
             * @param {meridian.note.Parked.$Properties} message Parked message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Parked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.bytes);
                if (message.isEntry != null && $Object.hasOwnProperty.call(message, "isEntry") && message.isEntry !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.isEntry);
                if (message.parkedAt != null && $Object.hasOwnProperty.call(message, "parkedAt") && !$Object.is(message.parkedAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.parkedAt);
                if (message.originId != null && $Object.hasOwnProperty.call(message, "originId") && message.originId !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.originId);
                if (message.originSequence != null && $Object.hasOwnProperty.call(message, "originSequence") && !$Object.is(message.originSequence, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.originSequence);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Parked message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.note.Parked
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.note.Parked & meridian.note.Parked.$Shape} Parked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Parked.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.note.Parked();
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
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.isEntry = value;
                            else
                                delete message.isEntry;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.parkedAt = value;
                            else
                                delete message.parkedAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.originId = value;
                            else
                                delete message.originId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
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

            return Parked;
        })();

        return note;
    })();

    return meridian;
})();

export {
  $root as default
};
