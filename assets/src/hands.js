// What hands do at the door: a signature on the screen, and a note that is spoken. Loaded only by
// pages that ask for one. Each becomes a file in the form's own input, so that it is sent, or waits
// without signal, like a photo.
//
//   <div data-sign>    with <input type="file"> in it, for a photo of the paper that was signed
//   <div data-voice>   with <label> and <input type="file">, for sounds that were recorded elsewhere
//
// The words stand at this file's own <script>.

import { sign } from './js/sign.js';
import { voice } from './js/voice.js';

const words = document.currentScript.dataset;
const root = document.documentElement;
if (!('hands' in root.dataset)) {
  root.dataset.hands = '';
  for (const field of document.querySelectorAll('[data-sign]')) sign(field, words);
  for (const field of document.querySelectorAll('[data-voice]')) voice(field, words);
}
