import account from "./account";
import calendar from "./calendar";
import common from "./common";
import forward from "./forward";
import handout from "./handout";
import history from "./history";
import home from "./home";
import issue from "./issue";
import meeting from "./meeting";
import minutes from "./minutes";
import paper from "./paper";
import procedure from "./procedure";
import project from "./project";
import proof from "./proof";
import refusal from "./refusal";
import room from "./room";
import setup from "./setup";
import signing from "./signing";
import task from "./task";
import vocabulary from "./vocabulary";
import wall from "./wall";

export default {
  ...vocabulary,
  ...common,
  ...refusal,
  ...home,
  ...issue,
  ...meeting,
  ...minutes,
  ...procedure,
  ...room,
  ...task,
  ...setup,
  ...signing,
  ...account,
  ...calendar,
  ...paper,
  ...proof,
  ...history,
  ...handout,
  ...forward,
  ...project,
  ...wall,
};
