// What a meeting's page and its papers have besides: an agenda to drag, a box to sign in, files that say how far they are.
import "./index";
import { dragOrder } from "./order";
import { drawName } from "./pad";
import { takeFiles } from "./take";

drawName();
dragOrder();
takeFiles();
