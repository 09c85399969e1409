# 地图上的边界：哪里不对，哪里有空、有重叠。

refused-import-no-features = 读不出这个文件：需要 GeoJSON 的 FeatureCollection。

fault-not-on-earth = 没有这个经纬度：经度在 -180 到 180 之间，纬度在 -90 到 90 之间。
fault-not-system = 没有这种坐标系：请写 wgs84、cgcs2000、gcj02 或 bd09。
fault-shape-not-on-earth = 有的点不在地球上：每个点先写经度，再写纬度，单位是度。
fault-shape-too-many = 边界的点太多了（最多 20,000 个），请先简化。
fault-shape-too-few = 一圈边界至少要有四个点，最后一个和第一个相同。
fault-shape-not-closed = 边界没有闭合：最后一个点要和第一个相同。
fault-shape-no-area = 这圈边界没有围出面积。
fault-shape-crosses = 边界和自己相交了。
fault-shape-hole-outside = 里面挖掉的部分跑到外面去了。
fault-shape-parts-overlap = 几块区域互相重叠了。

land-gap = { $within }：约 { $area } 平方米不属于任何一个网格，在经度 { $lon }、纬度 { $lat } 附近。
land-overlap = { $within }：{ $one } 和 { $other } 重叠了约 { $area } 平方米，在经度 { $lon }、纬度 { $lat } 附近。
land-outside = { $within }：{ $one } 有约 { $area } 平方米在它外面，在经度 { $lon }、纬度 { $lat } 附近。
