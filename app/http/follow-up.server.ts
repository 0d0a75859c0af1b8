// What is asked about an answer, from a form to the command.
import { one, orNull, type Values } from "./respond.server";

export type AnswerWords = { solved: string; content: string; why: string | null; remark: string };
export const answerWords = (values: Values): AnswerWords => ({
  solved: one(values, "solved"),
  content: one(values, "content"),
  why: orNull(one(values, "why")),
  remark: one(values, "remark"),
});
