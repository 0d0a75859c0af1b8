// What a few pages have besides: an agenda to drag, a box to sign in, files that say how far they are, a browser that wants to be told.
import "./index";
import { dragOrder, sayMoved } from "./order";
import { drawName } from "./pad";
import { offerPush } from "./push";
import { takeFiles } from "./take";

drawName();
dragOrder();
sayMoved();
takeFiles();
offerPush();
