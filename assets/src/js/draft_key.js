// Under which name what is typed in a form is kept in this tab: whoever signs in next in it does not
// find the words of whoever was there before.
export const draftKey = (form) => `draft:${document.querySelector('meta[name="owner"]')?.content ?? ''}:${form}`;
