// A box to draw one's name in, beside the typed one: strokes on 600 × 200, kept in a hidden field.
const [width, height, mostPoints] = [600, 200, 1000];

export function drawName(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-pad]")) {
    const canvas = document.createElement("canvas");
    const field = document.createElement("input");
    const clear = document.createElement("button");
    const label = document.createElement("p");
    Object.assign(canvas, { width, height, className: "signing-pad" });
    Object.assign(field, { type: "hidden", name: "strokes" });
    Object.assign(clear, { type: "button", className: "btn btn-small mt-2", textContent: place.dataset.padClear ?? "" });
    label.textContent = place.dataset.pad ?? "";
    canvas.setAttribute("aria-hidden", "true");
    place.append(label, canvas, clear, field);
    place.hidden = false;
    // A refused form brings back what was drawn.
    let strokes: number[][] = JSON.parse(place.dataset.padStrokes || "[]");
    const pen = canvas.getContext("2d");
    const draw = () => {
      field.value = strokes.some((s) => s.length >= 4) ? JSON.stringify(strokes.filter((s) => s.length >= 4)) : "";
      if (!pen) return;
      pen.clearRect(0, 0, width, height);
      Object.assign(pen, { lineWidth: 7, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(canvas).color });
      for (const stroke of strokes) {
        pen.beginPath();
        for (let n = 0; n + 1 < stroke.length; n += 2) pen.lineTo(stroke[n] ?? 0, stroke[n + 1] ?? 0);
        pen.stroke();
      }
    };
    const point = (event: PointerEvent): [number, number] => {
      const box = canvas.getBoundingClientRect();
      const at = (value: number, from: number, size: number, most: number) => Math.max(0, Math.min(most, Math.round(((value - from) / size) * most)));
      return [at(event.clientX, box.left, box.width, width), at(event.clientY, box.top, box.height, height)];
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      if (strokes.length < 200) strokes.push(point(event));
      draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      const stroke = strokes.at(-1);
      if (event.buttons === 0 || !stroke || stroke.length > mostPoints * 2 - 2) return;
      stroke.push(...point(event));
      draw();
    });
    clear.addEventListener("click", () => {
      strokes = [];
      draw();
    });
    draw();
  }
}
