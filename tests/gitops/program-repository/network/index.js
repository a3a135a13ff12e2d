module.exports = require("../program.js");
