// What JavaScript adds to pages that work without it. Each concern has a file of its own.
import { keepTyped } from "./keep";
import { watchChanges } from "./live";
import { sendOnce } from "./once";
import { dragOrder } from "./order";
import { drawName } from "./pad";
import { offerPrint } from "./print";
import { showSimilar } from "./similar";
import { takeFiles } from "./take";

keepTyped();
sendOnce();
showSimilar();
watchChanges();
offerPrint();
drawName();
dragOrder();
takeFiles();
