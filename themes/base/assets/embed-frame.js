// Tells the page around a frame how high the list in it is (docs/embedding.md), whenever that changes. The message
// holds nothing else, so everybody may hear it.
"use strict";
if (parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ type: "paperfolio:height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
}
