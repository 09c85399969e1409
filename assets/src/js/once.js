// A form that is being sent is not sent a second time by an impatient finger.
// <select data-go> sends its form when it changes (its button stays for others).

export function once(document) {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if ('sending' in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = '';
    setTimeout(() => delete form.dataset.sending, 8000);
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
  });
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-go]')) event.target.form?.requestSubmit();
  });
}
