/** The allowlist: everything the store supports. What is not here is refused. */

export const QUERY_OPERATORS: ReadonlySet<string> = new Set(
  "$eq $ne $gt $gte $lt $lte $in $nin $exists $type $size $mod $regex $options $all $elemMatch $not".split(" "),
);

export const UPDATE_OPERATORS: ReadonlySet<string> = new Set(
  "$set $setOnInsert $unset $inc $mul $min $max $rename $currentDate $push $addToSet $pull $pullAll $pop $bit".split(
    " ",
  ),
);

export const STAGES: ReadonlySet<string> = new Set(
  "$match $project $addFields $set $unset $group $sort $limit $skip $unwind $lookup $count $sortByCount $replaceRoot $replaceWith $facet $documents".split(
    " ",
  ),
);

/** Stages that MongoDB has and the store refuses with 238. */
export const STAGES_ELSEWHERE: ReadonlySet<string> = new Set(
  `$bucket $bucketAuto $changeStream $changeStreamSplitLargeEvent $collStats $currentOp $densify $fill $geoNear
  $graphLookup $indexStats $listClusterCatalog $listLocalSessions $listSampledQueries $listSearchIndexes $listSessions $merge $out
  $planCacheStats $querySettings $queryStats $redact $sample $search $searchMeta $setWindowFields $shardedDataDistribution
  $unionWith $vectorSearch $rankFusion $scoreFusion $score $backupCursor`
    .split(/\s+/)
    .filter((x) => x !== ""),
);

/** Expressions that MongoDB has and the store refuses with 238. */
export const EXPRESSIONS_ELSEWHERE: ReadonlySet<string> = new Set(
  `$accumulator $function $rand $sampleRate $meta $toHashedIndexKey $tsIncrement $tsSecond
  $bitAnd $bitOr $bitXor $bitNot $bsonSize $binarySize $acos $acosh $asin $asinh $atan $atan2 $atanh $cos $cosh
  $degreesToRadians $radiansToDegrees $sin $sinh $tan $tanh $exp $ln $log $log10 $pow $sqrt $convert $toUUID $toArray $toObject
  $dateFromParts $dateFromString $dateToParts $regexFind $regexFindAll $sortArray $zip $firstN $lastN $maxN $minN
  $median $percentile $strcasecmp $substr $substrBytes $strLenBytes $indexOfBytes $toDecimal $arrayToObject
  $allElementsTrue $anyElementTrue $setEquals $setIsSubset $replaceOne $replaceAll $stdDevPop $stdDevSamp $range
  $sigmoid $createObjectId $hash $hexHash $encStrContains $encStrEndsWith $encStrNormalizedEq $encStrStartsWith
  $similarityCosine $similarityDotProduct $similarityEuclidean $subtype`
    .split(/\s+/)
    .filter((x) => x !== ""),
);
