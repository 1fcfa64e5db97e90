/**
 * The page's origin, by what a page cannot put a variable of its own in place of: `var origin` and
 * `var self` are common. In a `srcdoc` frame and in a file the location has no host, and the window
 * knows whose the document is.
 */
export function pageOrigin(): string {
  return (location.host ? location : window).origin;
}
