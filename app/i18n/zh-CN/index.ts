import account from "./account";
import common from "./common";
import home from "./home";
import issue from "./issue";
import meeting from "./meeting";
import minutes from "./minutes";
import procedure from "./procedure";
import refusal from "./refusal";
import setup from "./setup";
import task from "./task";
import vocabulary from "./vocabulary";

export default { ...vocabulary, ...common, ...refusal, ...home, ...issue, ...meeting, ...minutes, ...procedure, ...task, ...setup, ...account };
