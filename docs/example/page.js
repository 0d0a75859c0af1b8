// A page of any project: a text several people type in, kept by `npm run realtime -- --anonymous`.
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const doc = new Y.Doc();
const server = new URLSearchParams(location.search).get("server") ?? "ws://127.0.0.1:1234";
const provider = new WebsocketProvider(server, "any-room", doc);
const shared = doc.getText("text");
const area = document.getElementById("text");
const here = document.getElementById("here");

provider.on("sync", () => {
  area.disabled = false;
});
shared.observe(() => {
  area.value = shared.toString();
});
area.addEventListener("input", () => {
  const [before, after] = [shared.toString(), area.value];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  doc.transact(() => {
    shared.delete(start, before.length - start - end);
    shared.insert(start, after.slice(start, after.length - end));
  });
});
provider.awareness.on("change", () => {
  here.textContent = `${provider.awareness.getStates().size} here`;
});
provider.awareness.setLocalState({ open: true });
