// Loaded into jsii's Node process before anything else (see stacks/kernel.py).
// Each of the five parts leaves what Node does as it is where its pattern does not match:
// a new release of jsii or of a provider can make synthesis slow, never wrong.
"use strict";

const fs = require("fs");
const Module = require("module");
const threads = require("worker_threads");

// 1. A provider's lib/index.js requires each of its ~2,200 modules, one per line. No module
//    refers to another, so each line becomes a getter: a module loads when it is first used.
const INDEX = /[\\/]@cdktf[\\/]provider-[a-z]+[\\/]lib[\\/]index\.js$/;
const LINE = /^exports\.(\w+) = require\("(\.[^"]+)"\);$/gm;
const GETTER =
  'Object.defineProperty(exports, "$1", { enumerable: true, get: () => require("$2") });';

// 2. Every token keeps the JavaScript stack it was made on, for error messages. Called from
//    Python, that is jsii's own loop each time.
const STACK = /[\\/]cdktf[\\/]lib[\\/]tokens[\\/]private[\\/]stack-trace\.js$/;

const plainLoad = Module._extensions[".js"];
Module._extensions[".js"] = (module, file) => {
  if (INDEX.test(file)) {
    module._compile(fs.readFileSync(file, "utf8").replace(LINE, GETTER), file);
  } else {
    plainLoad(module, file);
    if (STACK.test(file)) module.exports.captureStackTrace = () => ["Python, through jsii"];
  }
};

// 3. jsii reads a provider's type definitions (35 MB for AWS) into memory and takes a few
//    hundred lines out of them. Reading those lines from the file needs no memory.
const DEFINITIONS = /[\\/]\.jsii\.runtime-defs\.v1\.jsonl$/;

function definitions(file) {
  const descriptor = fs.openSync(file, "r");
  return {
    toString(encoding, start, end) {
      const line = Buffer.allocUnsafe(end - start);
      fs.readSync(descriptor, line, 0, line.length, start);
      return line.toString(encoding);
    },
  };
}

const plainRead = fs.readFileSync;
fs.readFileSync = (file, options) =>
  typeof file === "string" && DEFINITIONS.test(file)
    ? definitions(file)
    : plainRead(file, options);

// 4. cdktf requires a packer of zip files, and with it 200 of its 380 modules, for assets that are
//    archives. It is required when it is called.
const plainRequire = Module._load;
Module._load = (request, parent, isMain) =>
  request === "archiver"
    ? (...given) => plainRequire(request, parent, isMain)(...given)
    : plainRequire(request, parent, isMain);

// 5. jsii writes that index of types from a worker, but leaves without waiting for it: a
//    synthesis faster than the worker would never find an index. Here the process stays until
//    the worker is done, once for each version of the bindings on a machine.
const WORKER = /(?<=[\\/])(?=runtime-index-worker\.js$)/;
const writing = new Set();

threads.Worker = class extends threads.Worker {
  constructor(file, options) {
    super(typeof file === "string" ? file.replace(WORKER, "lib__") : file, options);
    writing.add(this);
    this.once("exit", () => writing.delete(this));
  }
};

const plainExit = process.exit;
process.exit = (code) => {
  if (writing.size === 0) return plainExit(code);
  process.stderr.write("Writing jsii's index of types: once for each version of the bindings ...\n");
  for (const worker of writing) worker.once("exit", () => writing.size || plainExit(code));
};
