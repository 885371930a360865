// @ts-check
/** The dashboard: asks this shipper every two seconds, shows its answer, and says when it gives none. */
import { Cards } from "./cards.js";
import { byId, keyed, make, setClass, setText } from "./dom.js";
import { DatacenterMap } from "./map.js";
import { problemsOf } from "./problems.js";
import { Rates } from "./rates.js";
import { feedRows, ledgerRows, linkRows, worstRows } from "./rows.js";
import { Table } from "./table.js";

const ASK_MS = 2000;
const ANSWER_MS = 4000;
/** Without an answer for so long, what is shown is said to be old. */
const STALE_MS = 5000;

const rates = new Rates();
const map = new DatacenterMap(byId("map"));
const cards = new Cards(byId("cards"), rates);
const LAG = ["records", "bytes", "age", "at risk"];
const links = new Table(
  byId("links-table"),
  "Links",
  ["link", "state", ...LAG, "arrives", "sent"],
  "no other datacenter is configured",
);
const worst = new Table(
  byId("worst-table"),
  "Partitions that are the furthest behind",
  ["link", "namespace", "partition", "records", "age", "cause"],
  "none is behind",
);
const ledger = new Table(
  byId("ledger-table"),
  "Ledger",
  [
    ...[
      "link",
      "namespace",
      "made",
      "pending",
      "applied",
      "superseded",
      "won",
      "lost",
      "parked",
      "recovered",
      "filtered",
      "forwarded",
    ],
    "unaccounted",
  ],
  "no other datacenter is configured",
);
const feeds = new Table(
  byId("feeds-table"),
  "Change feeds",
  ["feed", "records of", "state", "behind", "age", "published"],
  "no change feed is declared, or this shipper has not the role `ship`",
);

/** @type {import("./overview-type.d.ts").Overview | undefined} */
let shown;
/** By the clock that never runs back. */
let answeredAt = performance.now();
let answeredTime = "";
let paused = false;
/** Why the last question got no answer. */
let trouble = "";

/** @param {import("./overview-type.d.ts").Overview} overview */
function show(overview) {
  const atMs = performance.now();
  setText(byId("datacenter"), overview.datacenter);
  document.title = `${titleMark(overview)}${overview.datacenter} - Meridian`;
  showProblems(overview);
  map.show(overview);
  links.show(linkRows(overview, rates, atMs));
  worst.show(worstRows(overview));
  cards.show(overview, atMs);
  ledger.show(ledgerRows(overview));
  feeds.show(feedRows(overview, rates, atMs));
  const { name, roles, instances } = overview.shipper;
  const others = instances.filter((one) => one !== name);
  const with_ = others.length === 0 ? "" : `, beside ${others.join(", ")}`;
  setText(
    byId("source"),
    `Told by shipper ${name} (${roles.join(", ")})${with_}. The same figures: /overview.`,
  );
}

/** @param {import("./overview-type.d.ts").Overview} overview */
function titleMark(overview) {
  const bad = problemsOf(overview).filter(({ grade }) => grade === "bad").length;
  return bad === 0 ? "" : `(${bad}) `;
}

/** @param {import("./overview-type.d.ts").Overview} overview */
function showProblems(overview) {
  const problems = problemsOf(overview);
  const bad = problems.filter(({ grade }) => grade === "bad").length;
  const rest = problems.length - bad;
  const look = rest === 0 ? "" : `${rest} worth a look`;
  const need = bad === 1 ? "1 thing needs a person" : `${bad} things need a person`;
  const words = bad === 0 ? (rest === 0 ? "All is well" : look) : `${need}${rest === 0 ? "" : `, ${look}`}`;
  setText(byId("headline"), words);
  const nodes = overview.datacenters.flatMap((one) => one.nodes ?? []);
  const all = `${overview.datacenters.length} datacenters, ${nodes.length} nodes, ${overview.links.length} links: nothing needs a person.`;
  setText(byId("well"), problems.length === 0 ? all : "");
  setClass(byId("verdict"), bad > 0 ? "bad" : rest > 0 ? "warn" : "ok");
  keyed(
    byId("problems"),
    problems,
    ({ where, runbook, grade }) => `${grade}/${where}/${runbook}`,
    () => {
      const item = make("p");
      item.append(make("b"), make("span"), make("span", "soft"));
      return item;
    },
    (item, { grade, where, what, runbook }) => {
      setClass(item, grade);
      const [place, said, more] = item.children;
      if (place === undefined || said === undefined || more === undefined) return;
      setText(place, `${where}: `);
      setText(said, what);
      setText(more, ` (runbook: ${runbook})`);
    },
  );
}

async function ask() {
  const answer = await fetch("/overview", { signal: AbortSignal.timeout(ANSWER_MS), cache: "no-store" });
  if (!answer.ok) throw new Error(`the shipper answers ${answer.status}`);
  /** @type {import("./overview-type.d.ts").Overview} */
  const overview = await answer.json();
  answeredAt = performance.now();
  answeredTime = overview.now;
  if (paused) return;
  shown = overview;
  show(overview);
}

function showAge() {
  const age = performance.now() - answeredAt;
  const stale = byId("stale");
  const late = age > STALE_MS;
  const since = answeredTime === "" ? "at all" : `since ${timeOf(answeredTime)}`;
  stale.hidden = !late;
  document.body.classList.toggle("is-stale", late);
  // Said once: an alert that counts seconds would be read out each time.
  if (late) {
    setText(stale, `Stale: no answer from this shipper ${since} (${trouble || "it takes too long"}).`);
    setText(byId("headline"), "Not known now");
    setText(byId("well"), "What is shown is of the last answer.");
    setClass(byId("verdict"), "unknown");
  }
  const told = shown === undefined ? "asking the shipper ..." : `as of ${timeOf(shown.now)}`;
  setText(byId("seen"), paused ? `${told}, paused` : told);
}

/** @param {string} iso */
function timeOf(iso) {
  return new Date(iso).toLocaleTimeString(undefined, { hour12: false });
}

async function turn() {
  const startedAt = performance.now();
  try {
    await ask();
    trouble = "";
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }
  showAge();
  setTimeout(turn, Math.max(200, startedAt + ASK_MS - performance.now()));
}

byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  setText(byId("pause"), paused ? "Go on" : "Pause");
  showAge();
});
window.addEventListener("resize", () => {
  if (shown !== undefined) map.show(shown);
});
setInterval(showAge, 1000);
void turn();
