/* The pages that are about what a reader typed, best first. It is a part of the index's file, so that
   index and ranking are of one build, and neither is loaded before somebody searches. */
function tightropeRank(index, stemmer) {
  "use strict";

  var MOST = 8;
  var PREFIX = 3; // letters from which the last word may be the beginning of one
  var KIN = 5; // letters from which a word that begins another is of its family, or may be misspelt
  var LONG = 8; // letters from which a word may have two mistakes, and not one
  var HALF = 4; // letters that each of two words written as one must have
  var BEGUN = 0.5, MISSPELT = 0.7, ALIKE = 0.6; // how much a word counts that was not typed so
  var skip = new Set(index.skip);
  var alike = new Map();
  index.alike.forEach(function (group) {
    group.forEach(function (stem) { alike.set(stem, (alike.get(stem) || []).concat(group)); });
  });
  var words = new Map(Object.entries(index.words));
  var known = Array.from(new Set(Array.from(words.keys()).concat(Array.from(alike.keys()))));
  var isStem = new Set(known);

  function isKnown(word) {
    return isStem.has(stemmer.stemWord(word));
  }

  // As `weigh.stems` in Python, but not stemmed yet.
  function asked(text) {
    var bare = text.toLowerCase().replace(/n[’']t\b|[’'](s|re|ve|ll|d)\b/g, "");
    var all = bare.replace(/(\d)([a-z])/g, "$1 $2").match(/[a-z0-9]+/g) || [];
    return all.filter(function (word) { return !skip.has(word); });
  }

  // "Soft Bank" is one word here, and "datacentre" are two.
  function respaced(typed) {
    var all = [];
    for (var place = 0; place < typed.length; place++) {
      var both = typed[place] + typed[place + 1];
      if (place + 1 < typed.length && both.length > KIN && isKnown(both)) {
        all.push(both);
        place++;
      } else {
        all.push.apply(all, halves(typed[place]));
      }
    }
    return all;
  }

  function halves(word) {
    for (var cut = HALF; !isKnown(word) && cut <= word.length - HALF; cut++) {
      var two = [word.slice(0, cut), word.slice(cut)];
      if (two.every(isKnown)) return two;
    }
    return [word];
  }

  // Letters to put in, leave out, change or swap with the next, to make one word the other.
  function mistakes(one, other) {
    var before = [];
    var last = Array.from({ length: other.length + 1 }, function (_, column) { return column; });
    for (var row = 1; row <= one.length; row++) {
      var line = [row];
      for (var column = 1; column <= other.length; column++) {
        var changed = one[row - 1] === other[column - 1] ? 0 : 1;
        var swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
        line.push(Math.min(
          last[column] + 1,
          line[column - 1] + 1,
          last[column - 1] + changed,
          swapped ? before[column - 2] + 1 : Infinity
        ));
      }
      before = last;
      last = line;
    }
    return last[other.length];
  }

  // Whoever misspells a name has its first letter right.
  function nearest(stem) {
    var least = stem.length < KIN ? 0 : stem.length < LONG ? 1 : 2;
    var near = [];
    known.forEach(function (one) {
      if (one[0] !== stem[0] || Math.abs(one.length - stem.length) > least) return;
      var wrong = mistakes(stem, one);
      if (wrong < least) near = [];
      if (wrong <= least) near.push(one);
      least = Math.min(least, wrong);
    });
    return near;
  }

  // The stems of the index that a word may mean, and how surely.
  function meant(word, isLast) {
    var stem = stemmer.stemWord(word);
    var sure = new Map();
    function add(one, factor) { sure.set(one, Math.max(sure.get(one) || 0, factor)); }
    known.forEach(function (one) {
      var isKin = Math.min(one.length, stem.length) >= KIN && (one.startsWith(stem) || stem.startsWith(one));
      var isBegun = isLast && word.length >= PREFIX && one.startsWith(word);
      if (one === stem) add(one, 1);
      else if (isKin || isBegun) add(one, BEGUN);
    });
    if (!sure.size) nearest(stem).forEach(function (one) { add(one, MISSPELT); });
    Array.from(sure).forEach(function (pair) {
      (alike.get(pair[0]) || []).forEach(function (other) { add(other, ALIKE * pair[1]); });
    });
    return sure;
  }

  // The weight of a word by page: that of the one meaning which weighs most there.
  function weights(word, isLast) {
    var found = new Map();
    meant(word, isLast).forEach(function (factor, stem) {
      (words.get(stem) || []).forEach(function (pair) {
        found.set(pair[0], Math.max(found.get(pair[0]) || 0, factor * pair[1]));
      });
    });
    return found;
  }

  return function (text) {
    var scores = new Map();
    respaced(asked(text)).forEach(function (word, place, all) {
      weights(word, place === all.length - 1).forEach(function (weight, page) {
        scores.set(page, (scores.get(page) || 0) + weight);
      });
    });
    return Array.from(scores)
      .sort(function (one, other) { return other[1] - one[1] || one[0] - other[0]; })
      .slice(0, MOST)
      .map(function (pair) { return index.pages[pair[0]]; });
  };
}
