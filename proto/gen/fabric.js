/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["fabric.proto"] || ($protobuf.roots["fabric.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.fabric = (function() {

        /**
         * Namespace fabric.
         * @memberof meridian
         * @namespace
         */
        const fabric = {};

        fabric.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} meridian.fabric.Hello.$Properties
             * @property {number|null} [protocol] Hello protocol
             * @property {string|null} [datacenter] Hello datacenter
             * @property {string|null} [role] Hello role
             * @property {string|null} [sender] Hello sender
             * @property {string|null} [clusterId] Hello clusterId
             * @property {number|null} [boot] Hello boot
             * @property {string|null} [recipient] Hello recipient
             * @property {Object.<string,string>|null} [settings] Hello settings
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof meridian.fabric
             * @interface IHello
             * @augments meridian.fabric.Hello.$Properties
             * @deprecated Use meridian.fabric.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {meridian.fabric.Hello.$Properties} meridian.fabric.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof meridian.fabric
             * @classdesc Represents a Hello.
             * @constructor
             * @param {meridian.fabric.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.settings = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello protocol.
             * @member {number} protocol
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.protocol = 0;

            /**
             * Hello datacenter.
             * @member {string} datacenter
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.datacenter = "";

            /**
             * Hello role.
             * @member {string} role
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.role = "";

            /**
             * Hello sender.
             * @member {string} sender
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.sender = "";

            /**
             * Hello clusterId.
             * @member {string} clusterId
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.clusterId = "";

            /**
             * Hello boot.
             * @member {number} boot
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.boot = 0;

            /**
             * Hello recipient.
             * @member {string} recipient
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.recipient = "";

            /**
             * Hello settings.
             * @member {Object.<string,string>} settings
             * @memberof meridian.fabric.Hello
             * @instance
             */
            Hello.prototype.settings = $util.emptyObject;

            /**
             * Creates a new Hello instance using the specified properties.
             * @function create
             * @memberof meridian.fabric.Hello
             * @static
             * @param {meridian.fabric.Hello.$Properties=} [properties] Properties to set
             * @returns {meridian.fabric.Hello} Hello instance
             * @type {{
             *   (properties: meridian.fabric.Hello.$Shape): meridian.fabric.Hello & meridian.fabric.Hello.$Shape;
             *   (properties?: meridian.fabric.Hello.$Properties): meridian.fabric.Hello;
             * }}
             */
            Hello.create = function(properties) {
                return new Hello(properties);
            };

            /**
             * Encodes the specified Hello message. Does not implicitly {@link meridian.fabric.Hello.verify|verify} messages.
             * @function encode
             * @memberof meridian.fabric.Hello
             * @static
             * @param {meridian.fabric.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocol);
                if (message.datacenter != null && $Object.hasOwnProperty.call(message, "datacenter") && message.datacenter !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.datacenter);
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.role);
                if (message.sender != null && $Object.hasOwnProperty.call(message, "sender") && message.sender !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.sender);
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.clusterId);
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot") && message.boot !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.boot);
                if (message.recipient != null && $Object.hasOwnProperty.call(message, "recipient") && message.recipient !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.recipient);
                if (message.settings != null && $Object.hasOwnProperty.call(message, "settings"))
                    for (let keys = $Object.keys(message.settings), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 8, wireType 2 =*/66).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.settings[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.fabric.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.fabric.Hello & meridian.fabric.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.meridian.fabric.Hello();
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
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.datacenter = value;
                            else
                                delete message.datacenter;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sender = value;
                            else
                                delete message.sender;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.boot = value;
                            else
                                delete message.boot;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.recipient = value;
                            else
                                delete message.recipient;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (message.settings === $util.emptyObject)
                                message.settings = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.settings, key);
                            message.settings[key] = value;
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

            return Hello;
        })();

        fabric.Refusal = (function() {

            /**
             * Properties of a Refusal.
             * @typedef {Object} meridian.fabric.Refusal.$Properties
             * @property {string|null} [code] Refusal code
             * @property {string|null} [message] Refusal message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Refusal.
             * @memberof meridian.fabric
             * @interface IRefusal
             * @augments meridian.fabric.Refusal.$Properties
             * @deprecated Use meridian.fabric.Refusal.$Properties instead.
             */

            /**
             * Shape of a Refusal.
             * @typedef {meridian.fabric.Refusal.$Properties} meridian.fabric.Refusal.$Shape
             */

            /**
             * Constructs a new Refusal.
             * @memberof meridian.fabric
             * @classdesc Represents a Refusal.
             * @constructor
             * @param {meridian.fabric.Refusal.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Refusal = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Refusal code.
             * @member {string} code
             * @memberof meridian.fabric.Refusal
             * @instance
             */
            Refusal.prototype.code = "";

            /**
             * Refusal message.
             * @member {string} message
             * @memberof meridian.fabric.Refusal
             * @instance
             */
            Refusal.prototype.message = "";

            /**
             * Creates a new Refusal instance using the specified properties.
             * @function create
             * @memberof meridian.fabric.Refusal
             * @static
             * @param {meridian.fabric.Refusal.$Properties=} [properties] Properties to set
             * @returns {meridian.fabric.Refusal} Refusal instance
             * @type {{
             *   (properties: meridian.fabric.Refusal.$Shape): meridian.fabric.Refusal & meridian.fabric.Refusal.$Shape;
             *   (properties?: meridian.fabric.Refusal.$Properties): meridian.fabric.Refusal;
             * }}
             */
            Refusal.create = function(properties) {
                return new Refusal(properties);
            };

            /**
             * Encodes the specified Refusal message. Does not implicitly {@link meridian.fabric.Refusal.verify|verify} messages.
             * @function encode
             * @memberof meridian.fabric.Refusal
             * @static
             * @param {meridian.fabric.Refusal.$Properties} message Refusal message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Refusal.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Refusal message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.fabric.Refusal
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.fabric.Refusal & meridian.fabric.Refusal.$Shape} Refusal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Refusal.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.fabric.Refusal();
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
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
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

            return Refusal;
        })();

        return fabric;
    })();

    return meridian;
})();

export {
  $root as default
};
