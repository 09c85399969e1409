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

refused-place-change-level = 只有网格、微网格和楼栋可以拆分、合并和移动。
refused-place-change-closed = 这个地方已经停用了，不能再变动。
refused-place-change-too-few = 至少要有两个。
refused-place-change-too-many = 太多了，请分几次做。
refused-place-change-not-beside = 只能合并同一个上级里的不同地方。
refused-place-change-not-there = 不能移到那里：它已经在那里，或者那里不是合适的上级。
refused-place-change-full = 那里的编号用完了。
fault-place-became = 这个地方已经变成了别的地方，请用新的代码。
refused-place-became = 这个地方已经变成了别的地方，不能再开。

fault-border-line = 第 { $line } 行看不懂：每行写经度和纬度两个数，中间用逗号。
fault-border-not-on-earth = 第 { $line } 行不是地球上的点：先写经度（-180 到 180），再写纬度（-90 到 90）。
fault-border-few = 一圈至少要三个不同的角。
fault-border-none = 还没有角，请先画。
refused-border-level = 社区可以画网格、微网格和楼栋的边界；更大的地方由管理员画。
refused-border-closed = 这个地方已经停用了，不能再画。
