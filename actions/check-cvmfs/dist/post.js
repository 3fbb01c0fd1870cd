// Main may have been killed before it could say in its state that it was there: post must not take its place.
globalThis.neurodeskCiPost = true
await import('./index.js')
