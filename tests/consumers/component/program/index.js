const { Training } = require("training-component");

const training = new Training("train", { file: "compose.yaml" });

exports.executionId = training.executionId;
exports.status = training.status;
exports.node = process.version;
