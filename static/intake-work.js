/* Work for the machine, so that a flood of forms costs something: finds a number with which SHA-256 of "mark:number"
   begins with enough zero bits, in short slices while somebody reads. crypto.subtle is missing without TLS and in old
   browsers, so the hash (FIPS 180-4) is spelled out. */
(function () {
  "use strict";
  var field = document.getElementById("work"), k = [], first = [], w = [], tried = 0, n, d;
  if (!field) return;
  function get(name) { return field.getAttribute("data-" + name); }
  function part(root) { return (root - Math.floor(root)) * 4294967296 | 0; }
  for (n = 2; k.length < 64; n++) {
    for (d = 2; n % d; d++);
    if (d < n) continue;
    first.push(part(Math.sqrt(n)));
    k.push(part(Math.pow(n, 1 / 3)));
  }
  function turn(x, y, z) { return (x >>> y | x << 32 - y) ^ (x >>> z | x << 32 - z); }
  /* The first 32 bits of the hash of at most 55 ASCII signs. */
  function hash(text) {
    var a = first[0], b = first[1], c = first[2], d = first[3], e = first[4], f = first[5], g = first[6], h = first[7];
    var i, x, y, s = text + "\x80";
    for (i = 0; i < 16; i++) w[i] = 0;
    for (i = 0; i < s.length; i++) w[i >> 2] |= s.charCodeAt(i) << 24 - i % 4 * 8;
    w[15] = text.length * 8;
    for (i = 0; i < 64; i++) {
      if (i > 15) {
        x = w[i - 15]; y = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (turn(x, 7, 18) ^ x >>> 3) + (turn(y, 17, 19) ^ y >>> 10) | 0;
      }
      x = h + (turn(e, 6, 11) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + k[i] + w[i] | 0;
      y = (turn(a, 2, 13) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
      h = g; g = f; f = e; e = d + x | 0; d = c; c = b; b = a; a = x + y | 0;
    }
    return a + first[0] >>> 0;
  }
  var mark = get("mark"), limit = Math.pow(2, 32 - get("bits")), wait = +get("sends");
  function send() { if (wait) { wait = 0; field.form.submit(); } }
  function slice() {
    for (var end = Date.now() + 15; Date.now() < end;) for (n = 0; n < 50; n++, tried++)
      if (hash(mark + ":" + tried) < limit) {
        field.value = tried;
        if (get("helps")) send();
        return;
      }
    setTimeout(slice, 15);
  }
  if (wait) setTimeout(send, Math.min(wait, 86400) * 1000);
  setTimeout(slice, 50);
})();
