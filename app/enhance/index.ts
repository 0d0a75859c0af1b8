// What JavaScript adds to pages that work without it. Each concern has a file of its own.
export {};
