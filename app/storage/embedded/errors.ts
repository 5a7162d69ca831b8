/** MongoDB's names for the error codes this store answers with. Codes without a name are "Location<code>". */
const CODE_NAMES: Record<number, string> = {
  1: "InternalError",
  2: "BadValue",
  8: "UnknownError",
  9: "FailedToParse",
  13: "Unauthorized",
  14: "TypeMismatch",
  15: "Overflow",
  20: "IllegalOperation",
  22: "InvalidBSON",
  26: "NamespaceNotFound",
  27: "IndexNotFound",
  28: "PathNotViable",
  40: "ConflictingUpdateOperators",
  43: "CursorNotFound",
  48: "NamespaceExists",
  50: "MaxTimeMSExpired",
  52: "DollarPrefixedFieldName",
  54: "NotSingleValueField",
  55: "InvalidDBRef",
  56: "EmptyFieldName",
  59: "CommandNotFound",
  66: "ImmutableField",
  67: "CannotCreateIndex",
  72: "InvalidOptions",
  73: "InvalidNamespace",
  85: "IndexOptionsConflict",
  86: "IndexKeySpecsConflict",
  91: "ShutdownInProgress",
  96: "OperationFailed",
  112: "WriteConflict",
  123: "NotAReplicaSet",
  166: "CannotIndexParallelArrays",
  171: "CannotIndexParallelArrays",
  181: "AmbiguousIndexKeyPattern",
  197: "InvalidIndexSpecificationOption",
  238: "NotImplemented",
  241: "ConversionFailure",
  292: "QueryExceededMemoryLimitNoDiskUseAllowed",
  9001: "SocketException",
  10334: "BSONObjectTooLarge",
  11000: "DuplicateKey",
  14031: "OutOfDiskSpace",
};

/** An error that a client is answered with. */
export class StoreError extends Error {
  readonly codeName: string;
  constructor(
    readonly code: number,
    message: string,
    /** Further fields of the reply, such as keyPattern and keyValue. */
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.codeName = CODE_NAMES[code] ?? `Location${code}`;
  }
}

/** A refusal of something that MongoDB has and this store has not: the edge of the subset. */
export function outsideSubset(what: string): StoreError {
  return new StoreError(238, `embedded store: ${what} is not supported`);
}
