// What is asked about an answer, from a form to the command.
import { one, orNull, type Values } from "./respond.server";

export const answerWords = (values: Values) => ({
  solved: one(values, "solved"),
  content: one(values, "content"),
  why: orNull(one(values, "why")),
  remark: one(values, "remark"),
});
