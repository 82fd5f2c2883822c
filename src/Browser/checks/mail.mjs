// Reads a mail as it came over the wire from standard input with a parser that is nobody's of this project (postal-mime, for tests only) and prints what a mail program would make of it, as JSON.
import PostalMime from "postal-mime";

const pieces = [];
for await (const piece of process.stdin) pieces.push(piece);
const raw = Buffer.concat(pieces);
const mail = await PostalMime.parse(raw, { attachmentEncoding: "utf8" });
const text = (content) => (typeof content === "string" ? content : Buffer.from(content).toString("utf8"));
console.log(JSON.stringify({
  from: mail.from, to: mail.to, replyTo: mail.replyTo ?? [], subject: mail.subject, messageId: mail.messageId, date: mail.date ?? null, text: mail.text ?? "", html: mail.html ?? "",
  headers: mail.headers.map((header) => header.key),
  autoSubmitted: mail.headers.find((header) => header.key === "auto-submitted")?.value ?? null,
  longest: Math.max(...raw.toString("latin1").split("\r\n").map((line) => line.length)),
  bare: /[^\r]\n|\r[^\n]/.test(raw.toString("latin1")),
  parts: mail.attachments.map((part) => ({ type: part.mimeType, method: part.method ?? null, name: part.filename ?? null, disposition: part.disposition ?? null, content: text(part.content) })),
}));
