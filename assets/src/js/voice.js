// [data-voice]: somebody speaks instead of typing. Where the browser cannot record, the input for
// sounds stays as it is.
import { give } from './give.js';

const SECONDS_MAX = 120;
const BITS_PER_SECOND = 32_000;
const KINDS = [
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg;codecs=opus', 'ogg'],
];

const made = (name, attributes = {}, ...inner) => {
  const node = Object.assign(document.createElement(name), attributes);
  node.append(...inner);
  return node;
};

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export function voice(field, words) {
  const input = field.querySelector('input[type="file"]');
  const most = Number(field.dataset.voice) || 1;
  const kind = window.MediaRecorder && navigator.mediaDevices?.getUserMedia && KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
  const list = made('ul', { className: 'sounds', hidden: true });
  field.append(list);
  let files = [];
  let recorder;

  const record = made('button', { type: 'button', className: 'btn' }, words.record);
  const stop = made('button', { type: 'button', className: 'btn btn-late', hidden: true }, words.recordStop);
  const time = made('span', { className: 'num' });
  time.setAttribute('role', 'timer');
  const wrong = made('p', { className: 'wrong', hidden: true });
  wrong.setAttribute('role', 'status');

  function show() {
    for (const sound of list.querySelectorAll('audio')) URL.revokeObjectURL(sound.src);
    list.replaceChildren(
      ...files.map((file) => {
        const sound = made('audio', { controls: true, src: URL.createObjectURL(file) });
        sound.setAttribute('aria-label', words.recordPlay);
        const drop = made('button', { type: 'button', className: 'btn btn-quiet' }, words.recordDrop);
        drop.addEventListener('click', () => {
          files = files.filter((other) => other !== file);
          give(input, files);
          show();
          (record.hidden ? input : record).focus();
        });
        return made('li', {}, sound, drop);
      }),
    );
    list.hidden = !files.length;
    if (kind) record.hidden = Boolean(recorder) || files.length >= most;
  }

  input.addEventListener('change', () => {
    files = [...input.files];
    show();
  });
  if (!kind) return;

  field.classList.add('voice-live');
  field.prepend(made('p', { className: 'voice-acts' }, record, stop, time), wrong);

  const sayWrong = (text) => {
    wrong.textContent = text;
    wrong.hidden = !text;
  };

  function halt() {
    if (recorder?.state === 'recording') recorder.stop();
  }

  record.addEventListener('click', async () => {
    sayWrong('');
    // While it is asked whether we may listen, a second press begins nothing.
    record.disabled = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: BITS_PER_SECOND });
    } catch {
      // Nobody lets us listen, or nothing is there to listen with: it can be brought as a file.
      stream?.getTracks().forEach((track) => track.stop());
      sayWrong(words.recordRefused);
      field.classList.remove('voice-live');
      return;
    } finally {
      record.disabled = false;
    }
    const parts = [];
    const began = performance.now();
    const tick = () => {
      const seconds = (performance.now() - began) / 1000;
      time.textContent = `${clock(seconds)} / ${clock(SECONDS_MAX)}`;
      if (seconds >= SECONDS_MAX) halt();
    };
    const ticking = setInterval(tick, 250);
    recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
    recorder.addEventListener('stop', () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      const type = kind[0].split(';')[0];
      files = [...files, new File(parts, `voice.${kind[1]}`, { type })].slice(-most);
      give(input, files);
      recorder = undefined;
      stop.hidden = true;
      time.textContent = '';
      show();
      field.dispatchEvent(new Event('voice-kept'));
    });
    recorder.start();
    tick();
    stop.hidden = false;
    show();
    stop.focus();
  });
  stop.addEventListener('click', halt);

  // Whoever sends while still speaking has said it all: it goes along. Heard before anything that
  // keeps the form on the phone, which listens at the document.
  window.addEventListener(
    'submit',
    (event) => {
      if (event.target !== input.form || recorder?.state !== 'recording') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      field.addEventListener('voice-kept', () => input.form.requestSubmit(submitter), { once: true });
      halt();
    },
    true,
  );
}
