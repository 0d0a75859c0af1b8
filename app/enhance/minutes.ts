// What a page of minutes has besides.
import "./index";
import { showLate } from "./late";

void showLate();
