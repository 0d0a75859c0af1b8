// What JavaScript adds to pages that work without it. Each concern has a file of its own.
import { keepTyped } from "./keep";
import { watchChanges } from "./live";
import { sendOnce } from "./once";
import { offerPrint } from "./print";
import { showSimilar } from "./similar";

keepTyped();
sendOnce();
showSimilar();
watchChanges();
offerPrint();
