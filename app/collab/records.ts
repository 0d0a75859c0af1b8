// The blocks of a document that stand for something recorded elsewhere: made by the server alone, never by typing.

/** Each kind of node with the attribute that holds the record's id. */
export const recordNodes = {
  decision: "decisionId",
  task: "taskId",
  vote: "voteId",
  attendance: "attendanceId",
  attachment: "attachmentId",
} as const;
export type RecordKind = keyof typeof recordNodes;
export const recordKinds = Object.keys(recordNodes) as RecordKind[];
export const isRecordKind = (name: string): name is RecordKind => Object.hasOwn(recordNodes, name);
