import account from "./account";
import calendar from "./calendar";
import clocks from "./clocks";
import common from "./common";
import figures from "./figures";
import followUp from "./follow-up";
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
import report from "./report";
import room from "./room";
import setup from "./setup";
import signing from "./signing";
import task from "./task";
import taskWork from "./task-work";
import vocabulary from "./vocabulary";
import wall from "./wall";
import word from "./word";

export default {
  ...vocabulary,
  ...common,
  ...figures,
  ...followUp,
  ...refusal,
  ...home,
  ...issue,
  ...meeting,
  ...minutes,
  ...procedure,
  ...report,
  ...room,
  ...task,
  ...taskWork,
  ...setup,
  ...signing,
  ...account,
  ...calendar,
  ...paper,
  ...proof,
  ...history,
  ...handout,
  ...forward,
  ...clocks,
  ...project,
  ...word,
  ...wall,
};
