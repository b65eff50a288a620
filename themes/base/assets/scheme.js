// The visitor's choice of light or dark, set before the page is painted. Loaded in the head, and not deferred.
"use strict";
try {
  const chosen = localStorage.getItem("paperfolio-scheme");
  if (/^(auto|light|dark)$/.test(chosen)) {
    document.documentElement.dataset.scheme = chosen;
  }
} catch {
  // storage is blocked: the page stays as the site says
}
