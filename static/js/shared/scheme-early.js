// No module: it must run before the first paint, or a dark page flashes white in somebody's face at night.
try {
  const scheme = localStorage.getItem("walkapp-scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
} catch {
  // No storage, no choice.
}
