/** Type byte of every fabric message. A number is never given a second meaning. */
export const MessageType = {
  // fabric.proto: every connection
  hello: 1,
  refusal: 2,
  // peer.proto: node <-> node (role "node")
  beacon: 20,
  beaconReply: 21,
  append: 22,
  appendAck: 23,
  join: 24,
  joinReply: 25,
  snapshotPull: 26,
  snapshotChunk: 27,
  fetchRecords: 28,
  fetchedRecords: 29,
  handover: 30,
  proxy: 31,
  proxyReply: 32,
  mapPush: 33,
  peerReject: 34,
  // tail.proto: shipper -> node (role "xdr")
  tailOpen: 60,
  tailSeek: 61,
  tailRuns: 62,
  tailTrimmed: 63,
  tailCredit: 64,
  tailPrimaries: 65,
  shipped: 66,
  scanPull: 67,
  scanChunk: 68,
  tailStatus: 69,
  scanDrop: 70,
  xdrOpen: 71,
  xdrOpened: 72,
  /** Either way without meta: is the other side still there. */
  xdrPing: 73,
  xdrPong: 74,
  // apply.proto: shipper -> node (role "xdr")
  applyRuns: 80,
  applyScanChunk: 81,
  applyReply: 82,
  positionsAsk: 83,
  positions: 84,
} as const;
export type MessageType = (typeof MessageType)[keyof typeof MessageType];
