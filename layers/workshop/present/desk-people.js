/* Who takes part, what they answered, and what they wrote, for the desk alone. */
let peopleDrawn = "", answersDrawn = "", wordsDrawn = "";

const SIGN = { answered: "✓", here: "•", gone: "–" };
const SAID = { answered: "has answered", here: "is here and has not answered yet", gone: "is gone" };
const howIs = (one) => (one.answered ? "answered" : one.here ? "here" : "gone");

function drawPeople() {
  const people = helm.news.people, wanted = JSON.stringify(people);
  if (!people || wanted === peopleDrawn) return;
  peopleDrawn = wanted;
  const phones = people.joined === 1 ? "phone has" : "phones have", asked = helm.scene().question;
  const paper = people.paper ? "; " + people.paper + " on paper." : ".";
  $("counted").textContent = !people.joined ? "Nobody has joined yet" + paper
    : asked ? people.answered + " of " + people.joined + " " + phones + " answered" + paper + " " + people.here
      + " here now."
    : people.joined + " " + phones + " joined. " + people.here + " here now.";
  $("numbers").replaceChildren(...people.numbers.map((one) => {
    const how = howIs(one), cell = made("li", null, "mark " + how);
    cell.append(made("span", one.number), " ", made("span", SIGN[how]));
    cell.firstChild.setAttribute("aria-hidden", "true");
    cell.lastChild.setAttribute("aria-hidden", "true");
    cell.append(made("span", "Number " + one.number + " " + SAID[how], "unseen"));
    return cell;
  }));
}

function drawAnswers(scene, state) {
  const results = helm.results.get(scene.id), open = state.asking.has(scene.id);
  const wanted = JSON.stringify([scene.id, results, open, state.revealed.has(scene.id)]);
  if (wanted === answersDrawn) return;
  answersDrawn = wanted;
  $("answers-box").hidden = !scene.question;
  if (!scene.question) return;
  const seen = state.revealed.has(scene.id) ? "The room sees the answers." : "The room does not see the answers yet.";
  $("asked").textContent = scene.question.text;
  $("summary").textContent = (open ? "Open. " : "Closed. ") + seen + (results ? " " + results.summary : "");
  $("answers").replaceChildren(...drawn(results, PLACES_NAMED));
}

function rowOf(one, choices, where) {
  const row = made("li"), said = made("p", one.text, "text");
  row.append(said);
  if (where) row.append(made("p", where, "quiet"));
  for (const [words, seen] of choices) {
    const button = made("button", words);
    button.setAttribute("aria-label", words + ": " + one.text.slice(0, 80));
    button.addEventListener("click", () => {
      const beside = row.nextElementSibling || row.previousElementSibling;
      helm.set([["seen " + one.id, seen, one.turn]]);
      const next = beside && beside.isConnected ? beside.querySelector("button") : null;
      if (next) next.focus(); else $("moderation-title").focus();
    });
    row.append(button);
  }
  return row;
}

const notes = (results) => (results ? [...results.words, ...results.pins.filter((pin) => pin.note).map((pin) => (
  { id: pin.id, text: pin.note }))] : []);

// What has been decided here is gone from its list at once; where it belongs now the server says.
function drawWords(scene) {
  const left = (list) => list.filter((one) => !helm.unsent.has("seen " + one.id));
  const held = left(helm.news.held), hidden = left(helm.news.hidden), shown = left(notes(helm.results.get(scene.id)));
  const wanted = JSON.stringify([held, hidden, shown]);
  if (wanted === wordsDrawn) return;
  wordsDrawn = wanted;
  const titles = new Map(helm.scenes.map((each) => [each.id, each.title]));
  $("waiting").textContent = held.length ? "(" + held.length + " waiting)" : "";
  fill("held", held, [["Show", "shown"], ["Hide", "hidden"]], (one) => titles.get(one.scene), "Nothing waits.");
  fill("seen", shown, [["Hide", "hidden"]], () => "", "No words to this question.");
  fill("hidden", hidden, [["Show", "shown"]], (one) => titles.get(one.scene), "Nothing is hidden.");
}

// A row that stays is not made again, so that whoever is on one of its buttons stays there.
function fill(id, list, choices, where, nothing) {
  const box = $(id), kept = new Map([...box.children].map((row) => [row.dataset.of, row]));
  const rows = list.map((one) => {
    const of = JSON.stringify(one), row = kept.get(of) || rowOf(one, choices, where(one));
    row.dataset.of = of;
    return row;
  });
  for (const row of [...box.children]) if (!rows.includes(row)) row.remove();
  rows.forEach((row, i) => { if (box.children[i] !== row) box.insertBefore(row, box.children[i] || null); });
  if (!rows.length) box.append(made("li", nothing, "quiet"));
}
