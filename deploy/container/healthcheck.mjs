/**
 * The image's healthcheck: asks /readyz of this container's admin port, and ends with 0 when it answers
 * 200. Plain JavaScript on node:net, since it is started again and again in every container.
 */
import { connect } from "node:net";

const socket = connect(Number(process.env["MERIDIAN_HEALTH_PORT"]), "127.0.0.1");
let answer = "";
socket.setEncoding("latin1");
socket.write("GET /readyz HTTP/1.0\r\n\r\n");
socket.on("data", (chunk) => {
  answer += chunk;
});
socket.on("error", (error) => end(1, error.message));
socket.on("end", () => {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  end(/^HTTP\/1\.[01] 200 /.test(head) ? 0 : 1, body.trim());
});

/** What is said here is shown by `docker inspect`. */
function end(code, text) {
  process.stdout.write(text, () => process.exit(code));
}
