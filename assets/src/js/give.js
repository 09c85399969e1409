// Puts files into a form's input, in place of those that are there.
export function give(input, files) {
  const sent = new DataTransfer();
  for (const file of files) sent.items.add(file);
  input.files = sent.files;
}
