// Sending on what adopted minutes decided, up or down.
export default {
  "forward.title": "Send on",
  "forward.up": "Escalate to {{to}}",
  "forward.up.of": "Escalate {{number}} to {{to}}",
  "forward.down": "Send down",
  "forward.down.of": "Send {{number}} down",
  "forward.from": "minutes of meeting {{n}}, {{body}}",
  "forward.decided": "{{text}}\n({{from}})",
  "forward.undecided": "It was deliberated, and nothing was decided. ({{from}})",
  "forward.papers": "Meetings that deliberated it",
  "forward.paper": "{{body}}: minutes of meeting {{n}}",
} as const;
