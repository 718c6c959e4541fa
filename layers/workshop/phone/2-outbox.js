/* Answers on their way. Each is kept on the phone before it is sent, and sent again until the server has it or refuses
   it. The server takes an answer of one id and turn once, however often it comes. */
var sending = false, failed = 0, sendLater = 0;

function waiting() { return shelf().out; }

function put(answer) {
  var kept = shelf();
  kept.out = kept.out.filter(function (each) { return each.id !== answer.id; });
  kept.out.push(answer);
  putBack(kept);
  send();
}

function taken(answer) {
  var kept = shelf();
  kept.out = kept.out.filter(function (each) { return each.id !== answer.id || each.turn !== answer.turn; });
  putBack(kept);
}

function send() {
  var answer = waiting()[0];
  if (sending || !answer) return;
  clearTimeout(sendLater);
  sending = true;
  ask("POST", BASE + "/answer?" + CARRIED.slice(1), answer, 12, function (status, reply, wait) {
    sending = false;
    if (status === 200 && reply && reply.ok) {
      failed = 0;
      taken(answer);
      arrived(answer, reply);
      send();
    } else if (status === 401 && failed < 3) {
      joinAgain(function () { again(wait); });
    } else if (status >= 400 && status < 500 && reply && reply.ok === false && !reply.again) {
      failed = 0;
      taken(answer);
      refused(answer, status === 404 ? say("lost") + "." : reply.words, reply);
      send();
    } else {
      again(wait);
    }
  });
}

function again(wait) {
  sendLater = setTimeout(send, Math.max(wait * 1000, pause(failed)));
  failed += 1;
  each(waiting(), onItsWay);
}

function sendNow() {
  failed = 0;
  send();
}
