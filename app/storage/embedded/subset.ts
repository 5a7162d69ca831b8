/** The allowlist: everything the store supports. What is not here is refused. `docs/embedded-store.md` is made of it. */

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
  $graphLookup $indexStats $listLocalSessions $listSampledQueries $listSearchIndexes $listSessions $merge $out
  $planCacheStats $querySettings $queryStats $redact $sample $search $searchMeta $setWindowFields $shardedDataDistribution
  $unionWith $vectorSearch $rankFusion $scoreFusion $score $backupCursor`
    .split(/\s+/)
    .filter((x) => x !== ""),
);
