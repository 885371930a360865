/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["bus.proto"] || ($protobuf.roots["bus.proto"] = {});

export const meridian = $root.meridian = (() => {

    /**
     * Namespace meridian.
     * @exports meridian
     * @namespace
     */
    const meridian = {};

    meridian.bus = (function() {

        /**
         * Namespace bus.
         * @memberof meridian
         * @namespace
         */
        const bus = {};

        bus.ShipTable = (function() {

            /**
             * Properties of a ShipTable.
             * @typedef {Object} meridian.bus.ShipTable.$Properties
             * @property {number|null} [originId] ShipTable originId
             * @property {number|null} [destinationId] ShipTable destinationId
             * @property {number|null} [publisher] ShipTable publisher
             * @property {number|null} [number] ShipTable number
             * @property {number|null} [lane] ShipTable lane
             * @property {string|null} [namespace] ShipTable namespace
             * @property {number|null} [logId] ShipTable logId
             * @property {Array.<number>|null} [partitions] ShipTable partitions
             * @property {Array.<number>|null} [from] ShipTable from
             * @property {Array.<number>|null} [span] ShipTable span
             * @property {Array.<number>|null} [counts] ShipTable counts
             * @property {Array.<number>|null} [bytes] ShipTable bytes
             * @property {Array.<number>|null} [chunkPartitions] ShipTable chunkPartitions
             * @property {Array.<number>|null} [chunkScans] ShipTable chunkScans
             * @property {Array.<number>|null} [chunkNumbers] ShipTable chunkNumbers
             * @property {Array.<boolean>|null} [chunkLast] ShipTable chunkLast
             * @property {Array.<number>|null} [chunkTo] ShipTable chunkTo
             * @property {Array.<number>|null} [chunkRecords] ShipTable chunkRecords
             * @property {Array.<number>|null} [chunkBytes] ShipTable chunkBytes
             * @property {Array.<number>|null} [chunkChanges] ShipTable chunkChanges
             * @property {Array.<number>|null} [chunkBases] ShipTable chunkBases
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ShipTable.
             * @memberof meridian.bus
             * @interface IShipTable
             * @augments meridian.bus.ShipTable.$Properties
             * @deprecated Use meridian.bus.ShipTable.$Properties instead.
             */

            /**
             * Shape of a ShipTable.
             * @typedef {meridian.bus.ShipTable.$Properties} meridian.bus.ShipTable.$Shape
             */

            /**
             * Constructs a new ShipTable.
             * @memberof meridian.bus
             * @classdesc Represents a ShipTable.
             * @constructor
             * @param {meridian.bus.ShipTable.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ShipTable = function (properties) {
                this.partitions = [];
                this.from = [];
                this.span = [];
                this.counts = [];
                this.bytes = [];
                this.chunkPartitions = [];
                this.chunkScans = [];
                this.chunkNumbers = [];
                this.chunkLast = [];
                this.chunkTo = [];
                this.chunkRecords = [];
                this.chunkBytes = [];
                this.chunkChanges = [];
                this.chunkBases = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ShipTable originId.
             * @member {number} originId
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.originId = 0;

            /**
             * ShipTable destinationId.
             * @member {number} destinationId
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.destinationId = 0;

            /**
             * ShipTable publisher.
             * @member {number} publisher
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.publisher = 0;

            /**
             * ShipTable number.
             * @member {number} number
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.number = 0;

            /**
             * ShipTable lane.
             * @member {number} lane
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.lane = 0;

            /**
             * ShipTable namespace.
             * @member {string} namespace
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.namespace = "";

            /**
             * ShipTable logId.
             * @member {number} logId
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.logId = 0;

            /**
             * ShipTable partitions.
             * @member {Array.<number>} partitions
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.partitions = $util.emptyArray;

            /**
             * ShipTable from.
             * @member {Array.<number>} from
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.from = $util.emptyArray;

            /**
             * ShipTable span.
             * @member {Array.<number>} span
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.span = $util.emptyArray;

            /**
             * ShipTable counts.
             * @member {Array.<number>} counts
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.counts = $util.emptyArray;

            /**
             * ShipTable bytes.
             * @member {Array.<number>} bytes
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.bytes = $util.emptyArray;

            /**
             * ShipTable chunkPartitions.
             * @member {Array.<number>} chunkPartitions
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkPartitions = $util.emptyArray;

            /**
             * ShipTable chunkScans.
             * @member {Array.<number>} chunkScans
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkScans = $util.emptyArray;

            /**
             * ShipTable chunkNumbers.
             * @member {Array.<number>} chunkNumbers
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkNumbers = $util.emptyArray;

            /**
             * ShipTable chunkLast.
             * @member {Array.<boolean>} chunkLast
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkLast = $util.emptyArray;

            /**
             * ShipTable chunkTo.
             * @member {Array.<number>} chunkTo
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkTo = $util.emptyArray;

            /**
             * ShipTable chunkRecords.
             * @member {Array.<number>} chunkRecords
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkRecords = $util.emptyArray;

            /**
             * ShipTable chunkBytes.
             * @member {Array.<number>} chunkBytes
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkBytes = $util.emptyArray;

            /**
             * ShipTable chunkChanges.
             * @member {Array.<number>} chunkChanges
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkChanges = $util.emptyArray;

            /**
             * ShipTable chunkBases.
             * @member {Array.<number>} chunkBases
             * @memberof meridian.bus.ShipTable
             * @instance
             */
            ShipTable.prototype.chunkBases = $util.emptyArray;

            /**
             * Creates a new ShipTable instance using the specified properties.
             * @function create
             * @memberof meridian.bus.ShipTable
             * @static
             * @param {meridian.bus.ShipTable.$Properties=} [properties] Properties to set
             * @returns {meridian.bus.ShipTable} ShipTable instance
             * @type {{
             *   (properties: meridian.bus.ShipTable.$Shape): meridian.bus.ShipTable & meridian.bus.ShipTable.$Shape;
             *   (properties?: meridian.bus.ShipTable.$Properties): meridian.bus.ShipTable;
             * }}
             */
            ShipTable.create = function(properties) {
                return new ShipTable(properties);
            };

            /**
             * Encodes the specified ShipTable message. Does not implicitly {@link meridian.bus.ShipTable.verify|verify} messages.
             * @function encode
             * @memberof meridian.bus.ShipTable
             * @static
             * @param {meridian.bus.ShipTable.$Properties} message ShipTable message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ShipTable.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.originId != null && $Object.hasOwnProperty.call(message, "originId") && message.originId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.originId);
                if (message.destinationId != null && $Object.hasOwnProperty.call(message, "destinationId") && message.destinationId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.destinationId);
                if (message.publisher != null && $Object.hasOwnProperty.call(message, "publisher") && !$Object.is(message.publisher, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.publisher);
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && !$Object.is(message.number, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.number);
                if (message.lane != null && $Object.hasOwnProperty.call(message, "lane") && message.lane !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.lane);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.namespace);
                if (message.logId != null && $Object.hasOwnProperty.call(message, "logId") && !$Object.is(message.logId, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.logId);
                if (message.partitions != null && message.partitions.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).uint32s(message.partitions);
                if (message.from != null && message.from.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).doubles(message.from);
                if (message.span != null && message.span.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).uint32s(message.span);
                if (message.counts != null && message.counts.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).uint32s(message.counts);
                if (message.bytes != null && message.bytes.length)
                    writer.uint32(/* id 12, wireType 2 =*/98).uint32s(message.bytes);
                if (message.chunkPartitions != null && message.chunkPartitions.length)
                    writer.uint32(/* id 13, wireType 2 =*/106).uint32s(message.chunkPartitions);
                if (message.chunkScans != null && message.chunkScans.length)
                    writer.uint32(/* id 14, wireType 2 =*/114).doubles(message.chunkScans);
                if (message.chunkNumbers != null && message.chunkNumbers.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).uint32s(message.chunkNumbers);
                if (message.chunkLast != null && message.chunkLast.length)
                    writer.uint32(/* id 16, wireType 2 =*/130).bools(message.chunkLast);
                if (message.chunkTo != null && message.chunkTo.length)
                    writer.uint32(/* id 17, wireType 2 =*/138).doubles(message.chunkTo);
                if (message.chunkRecords != null && message.chunkRecords.length)
                    writer.uint32(/* id 18, wireType 2 =*/146).uint32s(message.chunkRecords);
                if (message.chunkBytes != null && message.chunkBytes.length)
                    writer.uint32(/* id 19, wireType 2 =*/154).uint32s(message.chunkBytes);
                if (message.chunkChanges != null && message.chunkChanges.length)
                    writer.uint32(/* id 20, wireType 2 =*/162).doubles(message.chunkChanges);
                if (message.chunkBases != null && message.chunkBases.length)
                    writer.uint32(/* id 21, wireType 2 =*/170).doubles(message.chunkBases);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ShipTable message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.bus.ShipTable
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.bus.ShipTable & meridian.bus.ShipTable.$Shape} ShipTable
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ShipTable.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.bus.ShipTable();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.destinationId = value;
                            else
                                delete message.destinationId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.publisher = value;
                            else
                                delete message.publisher;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.number = value;
                            else
                                delete message.number;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.lane = value;
                            else
                                delete message.lane;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.logId = value;
                            else
                                delete message.logId;
                            continue;
                        }
                    case 8: {
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
                    case 9: {
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
                    case 10: {
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
                    case 11: {
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
                    case 12: {
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
                    case 13: {
                            if (wireType === 2) {
                                if (!(message.chunkPartitions && message.chunkPartitions.length))
                                    message.chunkPartitions = [];
                                reader.uint32s(message.chunkPartitions);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.chunkPartitions && message.chunkPartitions.length))
                                message.chunkPartitions = [];
                            message.chunkPartitions.push(reader.uint32());
                            continue;
                        }
                    case 14: {
                            if (wireType === 2) {
                                if (!(message.chunkScans && message.chunkScans.length))
                                    message.chunkScans = [];
                                reader.doubles(message.chunkScans);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.chunkScans && message.chunkScans.length))
                                message.chunkScans = [];
                            message.chunkScans.push(reader.double());
                            continue;
                        }
                    case 15: {
                            if (wireType === 2) {
                                if (!(message.chunkNumbers && message.chunkNumbers.length))
                                    message.chunkNumbers = [];
                                reader.uint32s(message.chunkNumbers);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.chunkNumbers && message.chunkNumbers.length))
                                message.chunkNumbers = [];
                            message.chunkNumbers.push(reader.uint32());
                            continue;
                        }
                    case 16: {
                            if (wireType === 2) {
                                if (!(message.chunkLast && message.chunkLast.length))
                                    message.chunkLast = [];
                                reader.bools(message.chunkLast);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.chunkLast && message.chunkLast.length))
                                message.chunkLast = [];
                            message.chunkLast.push(reader.bool());
                            continue;
                        }
                    case 17: {
                            if (wireType === 2) {
                                if (!(message.chunkTo && message.chunkTo.length))
                                    message.chunkTo = [];
                                reader.doubles(message.chunkTo);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.chunkTo && message.chunkTo.length))
                                message.chunkTo = [];
                            message.chunkTo.push(reader.double());
                            continue;
                        }
                    case 18: {
                            if (wireType === 2) {
                                if (!(message.chunkRecords && message.chunkRecords.length))
                                    message.chunkRecords = [];
                                reader.uint32s(message.chunkRecords);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.chunkRecords && message.chunkRecords.length))
                                message.chunkRecords = [];
                            message.chunkRecords.push(reader.uint32());
                            continue;
                        }
                    case 19: {
                            if (wireType === 2) {
                                if (!(message.chunkBytes && message.chunkBytes.length))
                                    message.chunkBytes = [];
                                reader.uint32s(message.chunkBytes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.chunkBytes && message.chunkBytes.length))
                                message.chunkBytes = [];
                            message.chunkBytes.push(reader.uint32());
                            continue;
                        }
                    case 20: {
                            if (wireType === 2) {
                                if (!(message.chunkChanges && message.chunkChanges.length))
                                    message.chunkChanges = [];
                                reader.doubles(message.chunkChanges);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.chunkChanges && message.chunkChanges.length))
                                message.chunkChanges = [];
                            message.chunkChanges.push(reader.double());
                            continue;
                        }
                    case 21: {
                            if (wireType === 2) {
                                if (!(message.chunkBases && message.chunkBases.length))
                                    message.chunkBases = [];
                                reader.doubles(message.chunkBases);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.chunkBases && message.chunkBases.length))
                                message.chunkBases = [];
                            message.chunkBases.push(reader.double());
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

            return ShipTable;
        })();

        bus.PositionSection = (function() {

            /**
             * Properties of a PositionSection.
             * @typedef {Object} meridian.bus.PositionSection.$Properties
             * @property {string|null} [namespace] PositionSection namespace
             * @property {number|null} [logId] PositionSection logId
             * @property {Array.<number>|null} [partitions] PositionSection partitions
             * @property {Array.<number>|null} [positions] PositionSection positions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PositionSection.
             * @memberof meridian.bus
             * @interface IPositionSection
             * @augments meridian.bus.PositionSection.$Properties
             * @deprecated Use meridian.bus.PositionSection.$Properties instead.
             */

            /**
             * Shape of a PositionSection.
             * @typedef {meridian.bus.PositionSection.$Properties} meridian.bus.PositionSection.$Shape
             */

            /**
             * Constructs a new PositionSection.
             * @memberof meridian.bus
             * @classdesc Represents a PositionSection.
             * @constructor
             * @param {meridian.bus.PositionSection.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PositionSection = function (properties) {
                this.partitions = [];
                this.positions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PositionSection namespace.
             * @member {string} namespace
             * @memberof meridian.bus.PositionSection
             * @instance
             */
            PositionSection.prototype.namespace = "";

            /**
             * PositionSection logId.
             * @member {number} logId
             * @memberof meridian.bus.PositionSection
             * @instance
             */
            PositionSection.prototype.logId = 0;

            /**
             * PositionSection partitions.
             * @member {Array.<number>} partitions
             * @memberof meridian.bus.PositionSection
             * @instance
             */
            PositionSection.prototype.partitions = $util.emptyArray;

            /**
             * PositionSection positions.
             * @member {Array.<number>} positions
             * @memberof meridian.bus.PositionSection
             * @instance
             */
            PositionSection.prototype.positions = $util.emptyArray;

            /**
             * Creates a new PositionSection instance using the specified properties.
             * @function create
             * @memberof meridian.bus.PositionSection
             * @static
             * @param {meridian.bus.PositionSection.$Properties=} [properties] Properties to set
             * @returns {meridian.bus.PositionSection} PositionSection instance
             * @type {{
             *   (properties: meridian.bus.PositionSection.$Shape): meridian.bus.PositionSection & meridian.bus.PositionSection.$Shape;
             *   (properties?: meridian.bus.PositionSection.$Properties): meridian.bus.PositionSection;
             * }}
             */
            PositionSection.create = function(properties) {
                return new PositionSection(properties);
            };

            /**
             * Encodes the specified PositionSection message. Does not implicitly {@link meridian.bus.PositionSection.verify|verify} messages.
             * @function encode
             * @memberof meridian.bus.PositionSection
             * @static
             * @param {meridian.bus.PositionSection.$Properties} message PositionSection message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PositionSection.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.logId != null && $Object.hasOwnProperty.call(message, "logId") && !$Object.is(message.logId, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.logId);
                if (message.partitions != null && message.partitions.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.partitions);
                if (message.positions != null && message.positions.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.positions);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PositionSection message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.bus.PositionSection
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.bus.PositionSection & meridian.bus.PositionSection.$Shape} PositionSection
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PositionSection.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.bus.PositionSection();
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
                                message.namespace = value;
                            else
                                delete message.namespace;
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

            return PositionSection;
        })();

        bus.Progress = (function() {

            /**
             * Properties of a Progress.
             * @typedef {Object} meridian.bus.Progress.$Properties
             * @property {string|null} [namespace] Progress namespace
             * @property {number|null} [lane] Progress lane
             * @property {number|null} [publisher] Progress publisher
             * @property {number|null} [received] Progress received
             * @property {number|null} [finished] Progress finished
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Progress.
             * @memberof meridian.bus
             * @interface IProgress
             * @augments meridian.bus.Progress.$Properties
             * @deprecated Use meridian.bus.Progress.$Properties instead.
             */

            /**
             * Shape of a Progress.
             * @typedef {meridian.bus.Progress.$Properties} meridian.bus.Progress.$Shape
             */

            /**
             * Constructs a new Progress.
             * @memberof meridian.bus
             * @classdesc Represents a Progress.
             * @constructor
             * @param {meridian.bus.Progress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Progress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Progress namespace.
             * @member {string} namespace
             * @memberof meridian.bus.Progress
             * @instance
             */
            Progress.prototype.namespace = "";

            /**
             * Progress lane.
             * @member {number} lane
             * @memberof meridian.bus.Progress
             * @instance
             */
            Progress.prototype.lane = 0;

            /**
             * Progress publisher.
             * @member {number} publisher
             * @memberof meridian.bus.Progress
             * @instance
             */
            Progress.prototype.publisher = 0;

            /**
             * Progress received.
             * @member {number} received
             * @memberof meridian.bus.Progress
             * @instance
             */
            Progress.prototype.received = 0;

            /**
             * Progress finished.
             * @member {number} finished
             * @memberof meridian.bus.Progress
             * @instance
             */
            Progress.prototype.finished = 0;

            /**
             * Creates a new Progress instance using the specified properties.
             * @function create
             * @memberof meridian.bus.Progress
             * @static
             * @param {meridian.bus.Progress.$Properties=} [properties] Properties to set
             * @returns {meridian.bus.Progress} Progress instance
             * @type {{
             *   (properties: meridian.bus.Progress.$Shape): meridian.bus.Progress & meridian.bus.Progress.$Shape;
             *   (properties?: meridian.bus.Progress.$Properties): meridian.bus.Progress;
             * }}
             */
            Progress.create = function(properties) {
                return new Progress(properties);
            };

            /**
             * Encodes the specified Progress message. Does not implicitly {@link meridian.bus.Progress.verify|verify} messages.
             * @function encode
             * @memberof meridian.bus.Progress
             * @static
             * @param {meridian.bus.Progress.$Properties} message Progress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Progress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.lane != null && $Object.hasOwnProperty.call(message, "lane") && message.lane !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.lane);
                if (message.publisher != null && $Object.hasOwnProperty.call(message, "publisher") && !$Object.is(message.publisher, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.publisher);
                if (message.received != null && $Object.hasOwnProperty.call(message, "received") && !$Object.is(message.received, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.received);
                if (message.finished != null && $Object.hasOwnProperty.call(message, "finished") && !$Object.is(message.finished, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.finished);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Progress message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.bus.Progress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.bus.Progress & meridian.bus.Progress.$Shape} Progress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Progress.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.bus.Progress();
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
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.lane = value;
                            else
                                delete message.lane;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.publisher = value;
                            else
                                delete message.publisher;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.received = value;
                            else
                                delete message.received;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.finished = value;
                            else
                                delete message.finished;
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

            return Progress;
        })();

        bus.PositionReport = (function() {

            /**
             * Properties of a PositionReport.
             * @typedef {Object} meridian.bus.PositionReport.$Properties
             * @property {number|null} [reporter] PositionReport reporter
             * @property {number|null} [number] PositionReport number
             * @property {Array.<number>|null} [lanes] PositionReport lanes
             * @property {Array.<meridian.bus.PositionSection.$Properties>|null} [sections] PositionReport sections
             * @property {Array.<meridian.bus.Progress.$Properties>|null} [progress] PositionReport progress
             * @property {Array.<number>|null} [busyLanes] PositionReport busyLanes
             * @property {number|null} [fullPart] PositionReport fullPart
             * @property {number|null} [fullParts] PositionReport fullParts
             * @property {Array.<string>|null} [namespaces] PositionReport namespaces
             * @property {Array.<number>|null} [logIds] PositionReport logIds
             * @property {number|null} [shutOutId] PositionReport shutOutId
             * @property {number|null} [shutOutSinceMs] PositionReport shutOutSinceMs
             * @property {number|null} [sentAt] PositionReport sentAt
             * @property {Uint8Array|null} [summary] PositionReport summary
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PositionReport.
             * @memberof meridian.bus
             * @interface IPositionReport
             * @augments meridian.bus.PositionReport.$Properties
             * @deprecated Use meridian.bus.PositionReport.$Properties instead.
             */

            /**
             * Shape of a PositionReport.
             * @typedef {meridian.bus.PositionReport.$Properties} meridian.bus.PositionReport.$Shape
             */

            /**
             * Constructs a new PositionReport.
             * @memberof meridian.bus
             * @classdesc Represents a PositionReport.
             * @constructor
             * @param {meridian.bus.PositionReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PositionReport = function (properties) {
                this.lanes = [];
                this.sections = [];
                this.progress = [];
                this.busyLanes = [];
                this.namespaces = [];
                this.logIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PositionReport reporter.
             * @member {number} reporter
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.reporter = 0;

            /**
             * PositionReport number.
             * @member {number} number
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.number = 0;

            /**
             * PositionReport lanes.
             * @member {Array.<number>} lanes
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.lanes = $util.emptyArray;

            /**
             * PositionReport sections.
             * @member {Array.<meridian.bus.PositionSection.$Properties>} sections
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.sections = $util.emptyArray;

            /**
             * PositionReport progress.
             * @member {Array.<meridian.bus.Progress.$Properties>} progress
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.progress = $util.emptyArray;

            /**
             * PositionReport busyLanes.
             * @member {Array.<number>} busyLanes
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.busyLanes = $util.emptyArray;

            /**
             * PositionReport fullPart.
             * @member {number} fullPart
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.fullPart = 0;

            /**
             * PositionReport fullParts.
             * @member {number} fullParts
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.fullParts = 0;

            /**
             * PositionReport namespaces.
             * @member {Array.<string>} namespaces
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.namespaces = $util.emptyArray;

            /**
             * PositionReport logIds.
             * @member {Array.<number>} logIds
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.logIds = $util.emptyArray;

            /**
             * PositionReport shutOutId.
             * @member {number} shutOutId
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.shutOutId = 0;

            /**
             * PositionReport shutOutSinceMs.
             * @member {number} shutOutSinceMs
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.shutOutSinceMs = 0;

            /**
             * PositionReport sentAt.
             * @member {number} sentAt
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.sentAt = 0;

            /**
             * PositionReport summary.
             * @member {Uint8Array} summary
             * @memberof meridian.bus.PositionReport
             * @instance
             */
            PositionReport.prototype.summary = $util.newBuffer([]);

            /**
             * Creates a new PositionReport instance using the specified properties.
             * @function create
             * @memberof meridian.bus.PositionReport
             * @static
             * @param {meridian.bus.PositionReport.$Properties=} [properties] Properties to set
             * @returns {meridian.bus.PositionReport} PositionReport instance
             * @type {{
             *   (properties: meridian.bus.PositionReport.$Shape): meridian.bus.PositionReport & meridian.bus.PositionReport.$Shape;
             *   (properties?: meridian.bus.PositionReport.$Properties): meridian.bus.PositionReport;
             * }}
             */
            PositionReport.create = function(properties) {
                return new PositionReport(properties);
            };

            /**
             * Encodes the specified PositionReport message. Does not implicitly {@link meridian.bus.PositionReport.verify|verify} messages.
             * @function encode
             * @memberof meridian.bus.PositionReport
             * @static
             * @param {meridian.bus.PositionReport.$Properties} message PositionReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PositionReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reporter != null && $Object.hasOwnProperty.call(message, "reporter") && !$Object.is(message.reporter, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.reporter);
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && !$Object.is(message.number, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.number);
                if (message.lanes != null && message.lanes.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.lanes);
                if (message.sections != null && message.sections.length)
                    for (let i = 0; i < message.sections.length; ++i)
                        $root.meridian.bus.PositionSection.encode(message.sections[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.progress != null && message.progress.length)
                    for (let i = 0; i < message.progress.length; ++i)
                        $root.meridian.bus.Progress.encode(message.progress[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.fullPart != null && $Object.hasOwnProperty.call(message, "fullPart") && message.fullPart !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.fullPart);
                if (message.fullParts != null && $Object.hasOwnProperty.call(message, "fullParts") && message.fullParts !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.fullParts);
                if (message.namespaces != null && message.namespaces.length)
                    for (let i = 0; i < message.namespaces.length; ++i)
                        writer.uint32(/* id 8, wireType 2 =*/66).string(message.namespaces[i]);
                if (message.logIds != null && message.logIds.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).doubles(message.logIds);
                if (message.busyLanes != null && message.busyLanes.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).uint32s(message.busyLanes);
                if (message.shutOutId != null && $Object.hasOwnProperty.call(message, "shutOutId") && !$Object.is(message.shutOutId, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.shutOutId);
                if (message.shutOutSinceMs != null && $Object.hasOwnProperty.call(message, "shutOutSinceMs") && !$Object.is(message.shutOutSinceMs, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.shutOutSinceMs);
                if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt") && !$Object.is(message.sentAt, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.sentAt);
                if (message.summary != null && $Object.hasOwnProperty.call(message, "summary") && message.summary.length)
                    writer.uint32(/* id 14, wireType 2 =*/114).bytes(message.summary);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PositionReport message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.bus.PositionReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.bus.PositionReport & meridian.bus.PositionReport.$Shape} PositionReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PositionReport.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.bus.PositionReport();
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
                                message.reporter = value;
                            else
                                delete message.reporter;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.number = value;
                            else
                                delete message.number;
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.lanes && message.lanes.length))
                                    message.lanes = [];
                                reader.uint32s(message.lanes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.lanes && message.lanes.length))
                                message.lanes = [];
                            message.lanes.push(reader.uint32());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sections && message.sections.length))
                                message.sections = [];
                            message.sections.push($root.meridian.bus.PositionSection.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.progress && message.progress.length))
                                message.progress = [];
                            message.progress.push($root.meridian.bus.Progress.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType === 2) {
                                if (!(message.busyLanes && message.busyLanes.length))
                                    message.busyLanes = [];
                                reader.uint32s(message.busyLanes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.busyLanes && message.busyLanes.length))
                                message.busyLanes = [];
                            message.busyLanes.push(reader.uint32());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.fullPart = value;
                            else
                                delete message.fullPart;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.fullParts = value;
                            else
                                delete message.fullParts;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.namespaces && message.namespaces.length))
                                message.namespaces = [];
                            message.namespaces.push(reader.stringVerify());
                            continue;
                        }
                    case 9: {
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
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.shutOutId = value;
                            else
                                delete message.shutOutId;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.shutOutSinceMs = value;
                            else
                                delete message.shutOutSinceMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sentAt = value;
                            else
                                delete message.sentAt;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.summary = value;
                            else
                                delete message.summary;
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

            return PositionReport;
        })();

        bus.ClockEcho = (function() {

            /**
             * Properties of a ClockEcho.
             * @typedef {Object} meridian.bus.ClockEcho.$Properties
             * @property {number|null} [reporter] ClockEcho reporter
             * @property {number|null} [sentAt] ClockEcho sentAt
             * @property {number|null} [receivedAt] ClockEcho receivedAt
             * @property {number|null} [repliedAt] ClockEcho repliedAt
             * @property {number|null} [nodesLeast] ClockEcho nodesLeast
             * @property {number|null} [nodesMost] ClockEcho nodesMost
             * @property {number|null} [nodesError] ClockEcho nodesError
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClockEcho.
             * @memberof meridian.bus
             * @interface IClockEcho
             * @augments meridian.bus.ClockEcho.$Properties
             * @deprecated Use meridian.bus.ClockEcho.$Properties instead.
             */

            /**
             * Shape of a ClockEcho.
             * @typedef {meridian.bus.ClockEcho.$Properties} meridian.bus.ClockEcho.$Shape
             */

            /**
             * Constructs a new ClockEcho.
             * @memberof meridian.bus
             * @classdesc Represents a ClockEcho.
             * @constructor
             * @param {meridian.bus.ClockEcho.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClockEcho = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClockEcho reporter.
             * @member {number} reporter
             * @memberof meridian.bus.ClockEcho
             * @instance
             */
            ClockEcho.prototype.reporter = 0;

            /**
             * ClockEcho sentAt.
             * @member {number} sentAt
             * @memberof meridian.bus.ClockEcho
             * @instance
             */
            ClockEcho.prototype.sentAt = 0;

            /**
             * ClockEcho receivedAt.
             * @member {number} receivedAt
             * @memberof meridian.bus.ClockEcho
             * @instance
             */
            ClockEcho.prototype.receivedAt = 0;

            /**
             * ClockEcho repliedAt.
             * @member {number} repliedAt
             * @memberof meridian.bus.ClockEcho
             * @instance
             */
            ClockEcho.prototype.repliedAt = 0;

            /**
             * ClockEcho nodesLeast.
             * @member {number} nodesLeast
             * @memberof meridian.bus.ClockEcho
             * @instance
             */
            ClockEcho.prototype.nodesLeast = 0;

            /**
             * ClockEcho nodesMost.
             * @member {number} nodesMost
             * @memberof meridian.bus.ClockEcho
             * @instance
             */
            ClockEcho.prototype.nodesMost = 0;

            /**
             * ClockEcho nodesError.
             * @member {number} nodesError
             * @memberof meridian.bus.ClockEcho
             * @instance
             */
            ClockEcho.prototype.nodesError = 0;

            /**
             * Creates a new ClockEcho instance using the specified properties.
             * @function create
             * @memberof meridian.bus.ClockEcho
             * @static
             * @param {meridian.bus.ClockEcho.$Properties=} [properties] Properties to set
             * @returns {meridian.bus.ClockEcho} ClockEcho instance
             * @type {{
             *   (properties: meridian.bus.ClockEcho.$Shape): meridian.bus.ClockEcho & meridian.bus.ClockEcho.$Shape;
             *   (properties?: meridian.bus.ClockEcho.$Properties): meridian.bus.ClockEcho;
             * }}
             */
            ClockEcho.create = function(properties) {
                return new ClockEcho(properties);
            };

            /**
             * Encodes the specified ClockEcho message. Does not implicitly {@link meridian.bus.ClockEcho.verify|verify} messages.
             * @function encode
             * @memberof meridian.bus.ClockEcho
             * @static
             * @param {meridian.bus.ClockEcho.$Properties} message ClockEcho message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClockEcho.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reporter != null && $Object.hasOwnProperty.call(message, "reporter") && !$Object.is(message.reporter, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.reporter);
                if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt") && !$Object.is(message.sentAt, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.sentAt);
                if (message.receivedAt != null && $Object.hasOwnProperty.call(message, "receivedAt") && !$Object.is(message.receivedAt, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.receivedAt);
                if (message.repliedAt != null && $Object.hasOwnProperty.call(message, "repliedAt") && !$Object.is(message.repliedAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.repliedAt);
                if (message.nodesLeast != null && $Object.hasOwnProperty.call(message, "nodesLeast") && !$Object.is(message.nodesLeast, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.nodesLeast);
                if (message.nodesMost != null && $Object.hasOwnProperty.call(message, "nodesMost") && !$Object.is(message.nodesMost, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.nodesMost);
                if (message.nodesError != null && $Object.hasOwnProperty.call(message, "nodesError") && !$Object.is(message.nodesError, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.nodesError);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClockEcho message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.bus.ClockEcho
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.bus.ClockEcho & meridian.bus.ClockEcho.$Shape} ClockEcho
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClockEcho.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.bus.ClockEcho();
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
                                message.reporter = value;
                            else
                                delete message.reporter;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sentAt = value;
                            else
                                delete message.sentAt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.receivedAt = value;
                            else
                                delete message.receivedAt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.repliedAt = value;
                            else
                                delete message.repliedAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nodesLeast = value;
                            else
                                delete message.nodesLeast;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nodesMost = value;
                            else
                                delete message.nodesMost;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nodesError = value;
                            else
                                delete message.nodesError;
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

            return ClockEcho;
        })();

        bus.PositionAsk = (function() {

            /**
             * Properties of a PositionAsk.
             * @typedef {Object} meridian.bus.PositionAsk.$Properties
             * @property {number|null} [asker] PositionAsk asker
             * @property {meridian.bus.ClockEcho.$Properties|null} [clock] PositionAsk clock
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PositionAsk.
             * @memberof meridian.bus
             * @interface IPositionAsk
             * @augments meridian.bus.PositionAsk.$Properties
             * @deprecated Use meridian.bus.PositionAsk.$Properties instead.
             */

            /**
             * Shape of a PositionAsk.
             * @typedef {meridian.bus.PositionAsk.$Properties} meridian.bus.PositionAsk.$Shape
             */

            /**
             * Constructs a new PositionAsk.
             * @memberof meridian.bus
             * @classdesc Represents a PositionAsk.
             * @constructor
             * @param {meridian.bus.PositionAsk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PositionAsk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PositionAsk asker.
             * @member {number} asker
             * @memberof meridian.bus.PositionAsk
             * @instance
             */
            PositionAsk.prototype.asker = 0;

            /**
             * PositionAsk clock.
             * @member {meridian.bus.ClockEcho.$Properties|null|undefined} clock
             * @memberof meridian.bus.PositionAsk
             * @instance
             */
            PositionAsk.prototype.clock = null;

            /**
             * Creates a new PositionAsk instance using the specified properties.
             * @function create
             * @memberof meridian.bus.PositionAsk
             * @static
             * @param {meridian.bus.PositionAsk.$Properties=} [properties] Properties to set
             * @returns {meridian.bus.PositionAsk} PositionAsk instance
             * @type {{
             *   (properties: meridian.bus.PositionAsk.$Shape): meridian.bus.PositionAsk & meridian.bus.PositionAsk.$Shape;
             *   (properties?: meridian.bus.PositionAsk.$Properties): meridian.bus.PositionAsk;
             * }}
             */
            PositionAsk.create = function(properties) {
                return new PositionAsk(properties);
            };

            /**
             * Encodes the specified PositionAsk message. Does not implicitly {@link meridian.bus.PositionAsk.verify|verify} messages.
             * @function encode
             * @memberof meridian.bus.PositionAsk
             * @static
             * @param {meridian.bus.PositionAsk.$Properties} message PositionAsk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PositionAsk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.asker != null && $Object.hasOwnProperty.call(message, "asker") && !$Object.is(message.asker, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.asker);
                if (message.clock != null && $Object.hasOwnProperty.call(message, "clock"))
                    $root.meridian.bus.ClockEcho.encode(message.clock, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PositionAsk message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.bus.PositionAsk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.bus.PositionAsk & meridian.bus.PositionAsk.$Shape} PositionAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PositionAsk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.bus.PositionAsk();
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
                                message.asker = value;
                            else
                                delete message.asker;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.clock = $root.meridian.bus.ClockEcho.decode(reader, reader.size(), $undefined, _depth + 1, message.clock);
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

            return PositionAsk;
        })();

        bus.Presence = (function() {

            /**
             * Properties of a Presence.
             * @typedef {Object} meridian.bus.Presence.$Properties
             * @property {string|null} [name] Presence name
             * @property {number|null} [instance] Presence instance
             * @property {Array.<string>|null} [roles] Presence roles
             * @property {boolean|null} [leaving] Presence leaving
             * @property {Uint8Array|null} [summary] Presence summary
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Presence.
             * @memberof meridian.bus
             * @interface IPresence
             * @augments meridian.bus.Presence.$Properties
             * @deprecated Use meridian.bus.Presence.$Properties instead.
             */

            /**
             * Shape of a Presence.
             * @typedef {meridian.bus.Presence.$Properties} meridian.bus.Presence.$Shape
             */

            /**
             * Constructs a new Presence.
             * @memberof meridian.bus
             * @classdesc Represents a Presence.
             * @constructor
             * @param {meridian.bus.Presence.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Presence = function (properties) {
                this.roles = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Presence name.
             * @member {string} name
             * @memberof meridian.bus.Presence
             * @instance
             */
            Presence.prototype.name = "";

            /**
             * Presence instance.
             * @member {number} instance
             * @memberof meridian.bus.Presence
             * @instance
             */
            Presence.prototype.instance = 0;

            /**
             * Presence roles.
             * @member {Array.<string>} roles
             * @memberof meridian.bus.Presence
             * @instance
             */
            Presence.prototype.roles = $util.emptyArray;

            /**
             * Presence leaving.
             * @member {boolean} leaving
             * @memberof meridian.bus.Presence
             * @instance
             */
            Presence.prototype.leaving = false;

            /**
             * Presence summary.
             * @member {Uint8Array} summary
             * @memberof meridian.bus.Presence
             * @instance
             */
            Presence.prototype.summary = $util.newBuffer([]);

            /**
             * Creates a new Presence instance using the specified properties.
             * @function create
             * @memberof meridian.bus.Presence
             * @static
             * @param {meridian.bus.Presence.$Properties=} [properties] Properties to set
             * @returns {meridian.bus.Presence} Presence instance
             * @type {{
             *   (properties: meridian.bus.Presence.$Shape): meridian.bus.Presence & meridian.bus.Presence.$Shape;
             *   (properties?: meridian.bus.Presence.$Properties): meridian.bus.Presence;
             * }}
             */
            Presence.create = function(properties) {
                return new Presence(properties);
            };

            /**
             * Encodes the specified Presence message. Does not implicitly {@link meridian.bus.Presence.verify|verify} messages.
             * @function encode
             * @memberof meridian.bus.Presence
             * @static
             * @param {meridian.bus.Presence.$Properties} message Presence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Presence.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && !$Object.is(message.instance, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.instance);
                if (message.roles != null && message.roles.length)
                    for (let i = 0; i < message.roles.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.roles[i]);
                if (message.leaving != null && $Object.hasOwnProperty.call(message, "leaving") && message.leaving !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.leaving);
                if (message.summary != null && $Object.hasOwnProperty.call(message, "summary") && message.summary.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.summary);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Presence message from the specified reader or buffer.
             * @function decode
             * @memberof meridian.bus.Presence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {meridian.bus.Presence & meridian.bus.Presence.$Shape} Presence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Presence.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.meridian.bus.Presence();
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
                                message.instance = value;
                            else
                                delete message.instance;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.roles && message.roles.length))
                                message.roles = [];
                            message.roles.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.leaving = value;
                            else
                                delete message.leaving;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.summary = value;
                            else
                                delete message.summary;
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

            return Presence;
        })();

        return bus;
    })();

    return meridian;
})();

export {
  $root as default
};
